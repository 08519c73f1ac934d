// @ts-check

/**
 * What owners were told, so that each thing is told once, whichever replica notices it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('notices', table => {
    table.comment('What owners were told of a datasource');
    table
      .uuid('datasource_id')
      .notNullable()
      .references('id')
      .inTable('datasources')
      .onDelete('CASCADE');
    table.string('kind', 32).notNullable();
    table
      .string('occasion', 100)
      .notNullable()
      .comment('Which one of its kind');
    table.bigInteger('at').notNullable();
    table.primary(['datasource_id', 'kind', 'occasion']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('notices');
};
