// @ts-check

/**
 * Requests that somebody else authorize a datasource. Of a link only the hash is kept; `terms` is the hash of what the
 * recipient was asked to agree to. An attempt that answers a request says which.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('authorization_requests', table => {
    table.comment('Requests that somebody else authorize a datasource');
    table.uuid('id').primary().notNullable();
    table
      .uuid('datasource_id')
      .notNullable()
      .references('id')
      .inTable('datasources')
      .onDelete('CASCADE');
    table.string('link_hash', 64).notNullable().unique();
    table.string('asked_by', 300).notNullable();
    table
      .string('recipient', 300)
      .comment('User or group; null: whoever may authorize');
    table.text('message');
    table.string('terms', 64).notNullable();
    table.string('status', 16).notNullable();
    table.string('decided_by', 300);
    table.bigInteger('decided_at');
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['datasource_id'], 'authorization_requests_datasource_idx');
    table.index(['expires_at'], 'authorization_requests_expiry_idx');
  });
  await knex.schema.alterTable('authorizations', table => {
    table.uuid('request_id').comment('The request that it answers');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // As plain SQL: knex would copy the table on SQLite.
  await knex.schema.raw('alter table authorizations drop column request_id');
  await knex.schema.dropTable('authorization_requests');
};
