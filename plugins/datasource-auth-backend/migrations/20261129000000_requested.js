// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('credentials', table => {
    table
      .string('requested', 64)
      .comment('Hash of the scopes and parameters it was requested with');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // As plain SQL: knex would copy the table on SQLite, and what refers to it would go with the old one.
  await knex.schema.raw('alter table credentials drop column requested');
};
