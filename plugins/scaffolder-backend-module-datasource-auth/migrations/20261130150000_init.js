// @ts-check

/**
 * The scaffolder's own tables are in the same database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('datasource_auth_delegations', table => {
    table.comment('What lets a task act as the user who started it');
    table.string('task_id', 255).notNullable();
    table.string('datasource', 63).notNullable();
    table.string('initiator', 500).notNullable().comment('Entity ref');
    table
      .string('handle', 255)
      .notNullable()
      .comment('Secret; it works only for this task and its initiator');
    table.bigInteger('ends_at').notNullable().comment('Epoch milliseconds');
    table.primary(['task_id', 'datasource']);
    table.index(['ends_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('datasource_auth_delegations');
};
