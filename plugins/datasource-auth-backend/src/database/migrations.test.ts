import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__/databases';
import { isPostgres, toNumber } from './database';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  'backstage-plugin-datasource-auth-backend',
  'migrations',
);

/** The columns that the design names. */
const COLUMNS: Record<string, string[]> = {
  datasources: [
    ...['id', 'name', 'source', 'title', 'owner', 'settings', 'sealed'],
    ...['tags', 'binding', 'version', 'attention'],
    ...['created_at', 'created_by', 'updated_at', 'updated_by'],
  ],
  credentials: [
    ...['datasource_id', 'subject', 'credential_id', 'generation'],
    ...['attempt_id', 'binding', 'requested', 'scope'],
    ...['sealed', 'sealed_spare'],
    ...['has_refresh_token', 'obtained_at', 'expires_at', 'refresh_due_at'],
    ...['state', 'last_error', 'attempts', 'next_attempt_at'],
    ...['lease_owner', 'lease_epoch', 'lease_until'],
    ...['presented_generation', 'presented_at'],
    ...['verified_at', 'last_used_at'],
  ],
  authorizations: [
    ...['id', 'user_ref', 'datasource_id', 'request_id', 'settings_version'],
    ...['subject', 'binding'],
    ...['ticket_hash', 'state_hash', 'browser_hash', 'completion_hash'],
    ...['issuer', 'settings', 'sealed_secrets', 'sealed_verifier'],
    ...['sealed_result', 'commit', 'status', 'state_expires_at', 'expires_at'],
  ],
  authorization_requests: [
    ...['id', 'datasource_id', 'link_hash', 'asked_by', 'recipient', 'message'],
    ...['terms', 'status', 'decided_by', 'decided_at', 'expires_at'],
  ],
  notices: ['datasource_id', 'kind', 'occasion', 'at'],
  activity: ['id', 'datasource_id', 'at', 'kind', 'actor', 'details'],
  usage: ['datasource_id', 'plugin', 'hour', 'hand_outs', 'rejections'],
  encryption_keys: ['kid', 'check_value'],
  instance: ['callback_url'],
};

const TABLES = Object.keys(COLUMNS);

/** A time far beyond 32 bits, and the largest integer of both databases and JavaScript. */
const MOMENT = 1_800_000_000_123;
const LARGEST = Number.MAX_SAFE_INTEGER;

const DATASOURCE = randomUUID();
const LONG = 'x'.repeat(200_000);

/** A row for each table, with every long column filled. */
const ROWS: Record<string, Record<string, unknown>> = {
  datasources: {
    id: DATASOURCE,
    name: 'crm',
    source: 'database',
    title: 'Ünï',
    sort_key: 'ünï',
    owner: 'group:default/sales',
    grant_type: 'authorization_code',
    consumers: '[]',
    subjects: 'service',
    tags: LONG,
    settings: LONG,
    sealed: LONG,
    secret_info: '{}',
    binding: 'b',
    version: LARGEST,
    attention: 3,
    changed_at: MOMENT,
    created_at: MOMENT,
    updated_at: MOMENT,
  },
  credentials: {
    datasource_id: DATASOURCE,
    subject: 'service',
    credential_id: randomUUID(),
    generation: LARGEST,
    attempt_id: randomUUID(),
    binding: 'b',
    sealed: LONG,
    sealed_spare: LONG,
    scope: LONG,
    has_refresh_token: true,
    obtained_at: MOMENT,
    expires_at: MOMENT,
    refresh_due_at: MOMENT,
    state: 'live',
    attempts: 1,
    next_attempt_at: MOMENT,
    lease_epoch: LARGEST,
    lease_until: MOMENT,
    presented_generation: LARGEST,
    presented_at: MOMENT,
    verified_at: MOMENT,
    last_used_at: MOMENT,
    changed_at: MOMENT,
  },
  authorizations: {
    id: randomUUID(),
    user_ref: 'user:default/jane',
    datasource_id: DATASOURCE,
    subject: 'service',
    settings_version: LARGEST,
    binding: 'b',
    settings: LONG,
    secret_paths: '[]',
    sealed_secrets: LONG,
    sealed_callback: LONG,
    sealed_result: LONG,
    commit: true,
    display: 'popup',
    status: 'granted',
    state_expires_at: MOMENT,
    expires_at: MOMENT,
    created_at: MOMENT,
  },
  authorization_requests: {
    id: randomUUID(),
    datasource_id: DATASOURCE,
    link_hash: 'h',
    asked_by: 'user:default/jane',
    message: LONG,
    terms: 't',
    status: 'pending',
    decided_at: MOMENT,
    expires_at: MOMENT,
    created_at: MOMENT,
  },
  notices: {
    datasource_id: DATASOURCE,
    kind: 'authorization_lost',
    occasion: 'o',
    at: MOMENT,
  },
  activity: {
    id: randomUUID(),
    datasource_id: DATASOURCE,
    at: MOMENT,
    kind: 'authorization_failed',
    details: LONG,
  },
  usage: {
    datasource_id: DATASOURCE,
    plugin: 'catalog',
    hour: MOMENT,
    hand_outs: LARGEST,
    rejections: LARGEST,
    refusals: LARGEST,
  },
  encryption_keys: { kid: 'k1', check_value: 'c', created_at: MOMENT },
  instance: { id: 'callback', callback_url: 'https://x', updated_at: MOMENT },
};

async function fill(knex: Knex) {
  for (const table of TABLES) await knex(table).insert(ROWS[table]);
}

/** Columns and rules of all tables, from the database itself. */
async function schemaOf(knex: Knex) {
  if (!isPostgres(knex)) {
    return knex('sqlite_master')
      .select('name', 'sql')
      .whereNot('name', 'like', 'knex%')
      .whereNot('name', 'like', 'sqlite%')
      .orderBy('name');
  }
  const columns = await knex('information_schema.columns')
    .select('table_name', 'column_name', 'data_type', 'is_nullable')
    .whereIn('table_name', TABLES)
    .orderBy(['table_name', 'column_name']);
  const indexes = await knex('pg_indexes')
    .select('indexname', 'indexdef')
    .whereIn('tablename', TABLES)
    .orderBy('indexname');
  return [...columns, ...indexes];
}

const indexesOf = async (knex: Knex) =>
  JSON.stringify(
    (await schemaOf(knex)).filter(row => 'indexdef' in row || 'sql' in row),
  );

describe.each(databaseIds())('migrations on %s', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
  });

  it('create every column that the design names', async () => {
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const present = Object.keys(await knex(table).columnInfo());
      expect([table, present]).toEqual([
        table,
        expect.arrayContaining(columns),
      ]);
    }
  });

  it('store times, counters, and encrypted values without loss', async () => {
    await fill(knex);
    for (const table of TABLES) {
      const row = await knex(table).first();
      for (const [column, value] of Object.entries(ROWS[table])) {
        const read =
          typeof value === 'number' ? toNumber(row[column]) : row[column];
        const expected =
          typeof value === 'boolean' && !isPostgres(knex)
            ? Number(value)
            : value;
        expect([table, column, read]).toEqual([table, column, expected]);
      }
    }
  });

  it('go down and up again, with data in every table, to the same schema', async () => {
    const before = await schemaOf(knex);
    await fill(knex);
    await knex.migrate.rollback({ directory }, true);
    for (const table of TABLES) {
      expect([table, await knex.schema.hasTable(table)]).toEqual([
        table,
        false,
      ]);
    }
    await knex.migrate.latest({ directory });
    expect(await schemaOf(knex)).toEqual(before);
    expect(before.length).toBeGreaterThan(TABLES.length);
    for (const table of TABLES) {
      expect(await knex(table).select()).toEqual([]);
    }
    await fill(knex);
  });

  it('keep existing data when they run again', async () => {
    await fill(knex);
    await knex.migrate.latest({ directory });
    expect(await knex('credentials').select()).toHaveLength(1);
  });

  it('leave nothing behind that breaks a later start', async () => {
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.migrate.currentVersion({ directory })).toBe('none');
    const rest = (await schemaOf(knex)) as unknown[];
    expect(rest).toEqual([]);
  });

  describe('enforce the rules that prevent races', () => {
    beforeEach(() => fill(knex));

    const copy = (table: string, change: object) =>
      knex(table).insert({ ...ROWS[table], ...change });

    it('one datasource per name', async () => {
      await expect(copy('datasources', { id: randomUUID() })).rejects.toThrow();
      await copy('datasources', { id: randomUUID(), name: 'other' });
    });

    it('one credential per datasource and subject', async () => {
      await expect(
        copy('credentials', { credential_id: randomUUID() }),
      ).rejects.toThrow();
      await copy('credentials', { subject: 'user:default/jane' });
    });

    it.each(['ticket_hash', 'state_hash', 'handle_hash'])(
      'one attempt per %s',
      async column => {
        await copy('authorizations', { id: randomUUID(), [column]: 'h' });
        await expect(
          copy('authorizations', { id: randomUUID(), [column]: 'h' }),
        ).rejects.toThrow();
        await copy('authorizations', { id: randomUUID(), [column]: 'i' });
      },
    );

    it('one count per datasource, plugin and hour', async () => {
      await expect(copy('usage', {})).rejects.toThrow();
      await copy('usage', { plugin: 'search' });
    });

    it('one check value per key id', async () => {
      await expect(copy('encryption_keys', {})).rejects.toThrow();
    });

    it('no credential without its datasource', async () => {
      await expect(
        copy('credentials', { datasource_id: randomUUID() }),
      ).rejects.toThrow();
      await knex('datasources').where({ id: DATASOURCE }).delete();
      expect(await knex('credentials').select()).toEqual([]);
      expect(await knex('notices').select()).toEqual([]);
      expect(await knex('authorization_requests').select()).toEqual([]);
    });

    it('one request per link', async () => {
      await expect(
        copy('authorization_requests', { id: randomUUID() }),
      ).rejects.toThrow();
      await copy('authorization_requests', {
        ...{ id: randomUUID(), link_hash: 'i' },
      });
    });

    it('one notice per datasource, kind and occasion', async () => {
      await expect(copy('notices', {})).rejects.toThrow();
      await copy('notices', { occasion: 'p' });
    });
  });

  it('lifecycle.md: index the columns that the sweeper, the change feed, lists, and clean-up query', async () => {
    const indexes = await indexesOf(knex);
    for (const name of [
      'credentials_due_idx',
      'credentials_changed_idx',
      'datasources_changed_idx',
      'datasources_attention_idx',
      'authorizations_expiry_idx',
      'authorization_requests_expiry_idx',
      'activity_datasource_idx',
      'activity_at_idx',
      'usage_hour_idx',
    ]) {
      expect(indexes).toContain(name);
    }
  });
});

it('every migration can be undone', () => {
  const files = readdirSync(directory).filter(file => file.endsWith('.js'));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const migration = jest.requireActual(join(directory, file));
    expect([file, typeof migration.up, typeof migration.down]).toEqual([
      file,
      'function',
      'function',
    ]);
    expect(file).toMatch(/^\d{14}_[a-z_]+\.js$/);
  }
});
