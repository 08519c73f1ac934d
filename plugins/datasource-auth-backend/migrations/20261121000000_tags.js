// @ts-check

/**
 * Tags in a column of their own, so that lists can be filtered by permission rules on tags: each tag between line feeds,
 * which no tag holds.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('datasources', table => {
    table.text('tags').comment('Each between line feeds');
  });
  for (const { id, settings } of await knex('datasources').select(
    'id',
    'settings',
  )) {
    const { tags } = JSON.parse(settings);
    if (tags?.length) {
      await knex('datasources')
        .where({ id })
        .update({ tags: `\n${tags.join('\n')}\n` });
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // As plain SQL: knex would copy the table on SQLite, and what refers to it would go with the old one.
  await knex.schema.raw('alter table datasources drop column tags');
};
