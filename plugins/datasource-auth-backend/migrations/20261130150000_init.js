// @ts-check

/**
 * Times are epoch milliseconds of the database clock, as bigint: PostgreSQL and SQLite both read this form back
 * unchanged. IDs are UUIDs, because SQLite reuses integers and encrypted columns are bound to their row's ID.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('datasources', table => {
    table.comment('External APIs and how to get their tokens');
    table.uuid('id').primary().notNullable();
    table
      .string('name', 120)
      .notNullable()
      .unique()
      .comment('Name that plugins use; never changes');
    table
      .string('declared_name', 63)
      .comment(
        'The name in app-config, kept when the declaration is withdrawn',
      );
    table.string('source', 16).notNullable().comment('database or config');
    table.string('title', 80);
    table.string('sort_key', 120).notNullable().comment('Lower-case title');
    table.string('owner', 300);
    table.string('grant_type', 32).notNullable();
    table.string('host', 300).comment('Host of the base URL or token URL');
    table.text('consumers').notNullable().comment('JSON: "*" or plugin IDs');
    table
      .string('subjects', 8)
      .notNullable()
      .comment('Whose credentials: service, user or both');
    table
      .text('tags')
      .comment('Each between line feeds, which no tag contains');
    table
      .text('settings', 'longtext')
      .notNullable()
      .comment('JSON, no secrets');
    table.text('sealed', 'longtext').comment('Encrypted secrets, by path');
    table.text('secret_info').notNullable().comment('JSON: when and by whom');
    table.string('binding', 64).notNullable();
    table.bigInteger('version').notNullable().comment('Settings only');
    table
      .text('failed_test', 'longtext')
      .comment('JSON: the last test, if it failed');
    table
      .integer('attention')
      .notNullable()
      .comment(
        '3 error, 2 not authorized, 1 not configured, 0 authorized or per person',
      );
    table
      .bigInteger('withdrawn_at')
      .comment('No longer declared in app-config');
    table.bigInteger('changed_at').notNullable().comment('For the change feed');
    table.bigInteger('created_at').notNullable();
    table.string('created_by', 300);
    table.bigInteger('updated_at').notNullable();
    table.string('updated_by', 300);
    table.index(['attention', 'sort_key', 'id'], 'datasources_attention_idx');
    table.index(['sort_key', 'id'], 'datasources_sort_idx');
    table.index(['changed_at'], 'datasources_changed_idx');
    table.index(['attention', 'sort_key', 'id'], 'datasources_people_idx', {
      predicate: knex.whereRaw(`subjects <> 'service'`),
    });
  });

  await knex.schema.createTable('credentials', table => {
    table.comment('Encrypted result of a grant; generations only increase');
    table
      .uuid('datasource_id')
      .notNullable()
      .references('id')
      .inTable('datasources')
      .onDelete('CASCADE');
    table
      .string('subject', 300)
      .notNullable()
      .comment('service: shared by all');
    table.uuid('credential_id').notNullable().comment('One grant');
    table
      .bigInteger('generation')
      .notNullable()
      .comment('+1 per token response');
    table
      .uuid('attempt_id')
      .comment('The exchange that stored this generation');
    table.string('binding', 64).notNullable();
    table.text('sealed', 'longtext');
    table.text('sealed_spare', 'longtext');
    table.text('sealed_terms', 'longtext').comment('What the person agreed to');
    table
      .string('stage', 20)
      .comment('answered: a further request has yet to get the token');
    table
      .string('requested', 64)
      .comment('Hash of the scopes and parameters it was requested with');
    table.text('use_origins').comment('JSON: where its tokens may be sent');
    table.text('scope', 'longtext');
    table.string('account', 300);
    table
      .string('authorized_by', 300)
      .comment('User who approved it for all plugins');
    table.boolean('has_refresh_token').notNullable();
    table.bigInteger('obtained_at');
    table.bigInteger('expires_at');
    table.bigInteger('refresh_expires_at');
    table.bigInteger('refresh_due_at');
    table.string('state', 16).notNullable().comment('live, refused or cleared');
    table.string('reason', 64).comment('Why it is refused or cleared');
    table.bigInteger('state_changed_at');
    table.string('state_changed_by', 300);
    table.text('last_error').comment('JSON, without provider bodies');
    table.integer('attempts').notNullable().comment('Consecutive failures');
    table.bigInteger('next_attempt_at');
    table.string('lease_owner', 64);
    table.bigInteger('lease_epoch').notNullable();
    table.bigInteger('lease_until');
    table.bigInteger('presented_generation');
    table.bigInteger('presented_at');
    table.bigInteger('verified_at');
    table.bigInteger('last_used_at');
    table
      .string('suspended', 16)
      .comment('missing or other_person: its person left the catalog');
    table.bigInteger('changed_at').notNullable().comment('For the change feed');
    table.primary(['datasource_id', 'subject']);
    // People's own credentials are refreshed only when they are used.
    table.index(['refresh_due_at'], 'credentials_due_idx', {
      predicate: knex.whereRaw(`subject = 'service'`),
    });
    table.index(['changed_at'], 'credentials_changed_idx');
    table.index(['subject'], 'credentials_people_idx', {
      predicate: knex.whereRaw(`subject <> 'service'`),
    });
    table.index(['datasource_id', 'account'], 'credentials_account_idx', {
      predicate: knex.whereRaw(`subject <> 'service'`),
    });
    table.index(['authorized_by'], 'credentials_authorizers_idx', {
      predicate: knex.whereRaw('authorized_by is not null'),
    });
    table.index(['state_changed_at'], 'credentials_cleared_idx', {
      predicate: knex.whereRaw(`state = 'cleared'`),
    });
  });

  await knex.schema.createTable('delegations', table => {
    table.comment('Leave of people for plugins to act as them');
    table.uuid('id').primary().notNullable();
    table
      .uuid('datasource_id')
      .notNullable()
      .references('id')
      .inTable('datasources')
      .onDelete('CASCADE');
    table.string('subject', 300).notNullable();
    table.string('plugin', 100).notNullable();
    table
      .string('ask_hash', 64)
      .notNullable()
      .comment('SHA-256 of the purpose and the context');
    table
      .text('sealed', 'longtext')
      .notNullable()
      .comment('Encrypted: what is asked, and what the person agreed to');
    table
      .string('pin', 64)
      .comment('SHA-256 of the account; null while pending');
    table.string('status', 16).notNullable().comment('pending, live or ended');
    table.bigInteger('ends_at').notNullable();
    table
      .bigInteger('unlisted_at')
      .comment('Since when the plugin is not allowed');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('decided_at').comment('Approved or ended');
    table.bigInteger('last_used_at');
    table.index(['datasource_id', 'subject'], 'delegations_key_idx');
    table.index(['subject'], 'delegations_subject_idx');
    table.index(['ends_at'], 'delegations_ends_idx');
  });

  await knex.schema.createTable('delegation_handles', table => {
    table.comment('Hashes of the handles that plugins have');
    table.string('hash', 64).primary().notNullable().comment('SHA-256');
    table
      .uuid('delegation_id')
      .notNullable()
      .references('id')
      .inTable('delegations')
      .onDelete('CASCADE');
    table.bigInteger('created_at').notNullable();
    table.index(['delegation_id'], 'delegation_handles_delegation_idx');
  });

  await knex.schema.createTable('people', table => {
    table.comment(
      'People who connected or authorized, and were seen in the catalog',
    );
    table.string('subject', 300).primary().notNullable();
    table.string('uid', 100).notNullable().comment('Of their entity');
    table.bigInteger('missing_since');
  });

  await knex.schema.createTable('revocations', table => {
    table.comment('Tokens of ended credentials, to be revoked');
    table.uuid('id').primary().notNullable();
    table
      .uuid('datasource_id')
      .notNullable()
      .comment('The datasource may be deleted');
    table.string('name', 120).notNullable().comment('Of the datasource');
    table
      .text('sealed', 'longtext')
      .notNullable()
      .comment('Encrypted: the tokens, and the settings to revoke them with');
    table.integer('attempts').notNullable();
    table.bigInteger('next_attempt_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['next_attempt_at'], 'revocations_due_idx');
    table.index(['created_at'], 'revocations_created_idx');
  });

  await knex.schema.createTable('authorizations', table => {
    table.comment('Authorization attempts, with the editor draft');
    table.uuid('id').primary().notNullable();
    table.string('user_ref', 300).notNullable();
    table.uuid('datasource_id');
    table
      .string('subject', 300)
      .notNullable()
      .comment('Subject of the credential');
    table.uuid('request_id').comment('The approval request that it fulfills');
    table.bigInteger('settings_version');
    table.string('binding', 64).notNullable();
    table.string('ticket_hash', 64).unique();
    table.bigInteger('ticket_expires_at');
    table.string('state_hash', 64).unique();
    table.string('browser_hash', 64);
    table.string('handle_hash', 64).unique();
    table.string('completion_hash', 64);
    table.string('callback_path', 200);
    table.string('issuer', 2000);
    table.text('settings', 'longtext').notNullable().comment('The form, JSON');
    table
      .text('secret_paths')
      .notNullable()
      .comment('JSON: paths of its secrets');
    table.text('sealed_secrets', 'longtext').comment('The secrets of the form');
    table.text('sealed_verifier').comment('PKCE verifier and nonce');
    table
      .text('sealed_callback', 'longtext')
      .comment('Parameters of a form_post');
    table.text('sealed_result', 'longtext').comment('The staged credential');
    table
      .text('test', 'longtext')
      .comment('JSON: the last test of the staged credential');
    table.boolean('commit').notNullable();
    table.string('display', 16).notNullable();
    table.string('status', 16).notNullable();
    table.text('error').comment('JSON diagnosis');
    table.bigInteger('state_expires_at');
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['expires_at'], 'authorizations_expiry_idx');
    table.index(['datasource_id'], 'authorizations_datasource_idx');
  });

  await knex.schema.createTable('authorization_requests', table => {
    table.comment('Requests to another user to authorize a datasource');
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
      .comment('User or group; null: anyone who may authorize');
    table.text('message');
    table
      .string('terms', 64)
      .notNullable()
      .comment('Hash of the terms shown to the recipient');
    table.string('status', 16).notNullable();
    table.string('decided_by', 300);
    table.bigInteger('decided_at');
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['datasource_id'], 'authorization_requests_datasource_idx');
    table.index(['expires_at'], 'authorization_requests_expiry_idx');
  });

  await knex.schema.createTable('notices', table => {
    table.comment('Notices sent to owners, so that each is sent once');
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
      .comment('Distinguishes notices of one kind');
    table.bigInteger('at').notNullable();
    table.primary(['datasource_id', 'kind', 'occasion']);
  });

  await knex.schema.createTable('activity', table => {
    table.comment('Timeline of a datasource, by ID, without secrets');
    table.uuid('id').primary().notNullable();
    table.uuid('datasource_id').notNullable();
    table.bigInteger('at').notNullable();
    table.string('kind', 32).notNullable();
    table.string('actor', 300);
    table.text('details').notNullable().comment('JSON');
    table.index(['datasource_id', 'at', 'id'], 'activity_datasource_idx');
    table.index(['at'], 'activity_at_idx');
  });

  await knex.schema.createTable('usage', table => {
    table.comment('Tokens issued and rejected per plugin and hour');
    table.uuid('datasource_id').notNullable();
    table.string('plugin', 100).notNullable();
    table.bigInteger('hour').notNullable().comment('Start of the hour');
    table.bigInteger('hand_outs').notNullable();
    table.bigInteger('rejections').notNullable();
    table.bigInteger('refusals').notNullable();
    table.primary(['datasource_id', 'plugin', 'hour']);
    table.index(['hour'], 'usage_hour_idx');
  });

  await knex.schema.createTable('consumers', table => {
    table.comment('Plugins that ever asked for a token, longer than usage');
    table.uuid('datasource_id').notNullable();
    table.string('plugin', 100).notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.primary(['datasource_id', 'plugin']);
  });

  await knex.schema.createTable('encryption_keys', table => {
    table.comment(
      'Check values that detect a wrong secret under a known key ID',
    );
    table.string('kid', 64).primary().notNullable();
    table.string('check_value', 64).notNullable();
    table.bigInteger('created_at').notNullable();
  });

  await knex.schema.createTable('instance', table => {
    table.comment('The installation that this database belongs to');
    table.string('id', 16).primary().notNullable();
    table.string('callback_url', 2000).notNullable();
    table.bigInteger('updated_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('instance');
  await knex.schema.dropTable('encryption_keys');
  await knex.schema.dropTable('consumers');
  await knex.schema.dropTable('usage');
  await knex.schema.dropTable('activity');
  await knex.schema.dropTable('notices');
  await knex.schema.dropTable('authorization_requests');
  await knex.schema.dropTable('authorizations');
  await knex.schema.dropTable('delegation_handles');
  await knex.schema.dropTable('delegations');
  await knex.schema.dropTable('revocations');
  await knex.schema.dropTable('people');
  await knex.schema.dropTable('credentials');
  await knex.schema.dropTable('datasources');
};
