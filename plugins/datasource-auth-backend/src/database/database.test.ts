import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import createKnex, { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__/databases';
import {
  databaseNowPlus,
  isPostgres,
  openDatabase,
  readDatabaseClock,
  toNumber,
} from './database';

jest.setTimeout(60_000);

describe.each(databaseIds())('the database on %s', databaseId => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
  });

  it('is left alone if someone else runs the migrations', async () => {
    const client = mockServices.database.mock({
      getClient: async () => knex,
      migrations: { skip: true },
    });
    expect(await openDatabase(client)).toBe(knex);
    expect(await knex.schema.hasTable('datasources')).toBe(false);
  });

  it('is migrated, even by replicas that start one after another', async () => {
    const client = mockServices.database({ knex });
    await openDatabase(client);
    await openDatabase(client);
    expect(await knex.schema.hasTable('datasources')).toBe(true);
  });

  it('is migrated once by replicas that start together', async () => {
    // SQLite is for one process.
    if (!isPostgres(knex)) return;
    const empty = await databases.init(databaseId);
    const replicas = [1, 2, 3, 4].map(() => createKnex(empty.client.config));
    try {
      const opened = replicas.map(each =>
        openDatabase(mockServices.database({ knex: each })),
      );
      await Promise.all(opened);
      expect(await empty('datasources').select()).toEqual([]);
      const runs = await empty('knex_migrations').select('name', 'batch');
      expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
      expect(new Set(runs.map(({ batch }) => batch)).size).toBe(1);
    } finally {
      await Promise.all(replicas.map(each => each.destroy()));
    }
  });

  it.each([false, true])(
    'is rejected and left unchanged if an earlier checkout created it (skipped migrations: %s)',
    async skip => {
      const earlier = await databases.init(databaseId);
      const migration = {
        up: (each: Knex) =>
          each.schema.createTable('datasources', table => {
            table.uuid('id').primary();
          }),
        down: async () => {},
      };
      await earlier.migrate.latest({
        migrationSource: {
          getMigrations: async () => ['20261120000000_init.js'],
          getMigrationName: (name: string) => name,
          getMigration: async () => migration,
        },
      });
      const opened = openDatabase({
        getClient: async () => earlier,
        migrations: { skip },
      });
      await expect(opened).rejects.toThrow(
        /can't be upgraded: delete the demo's with 'make clean', or drop/,
      );
      expect(await earlier.schema.hasTable('credentials')).toBe(false);
      expect(await earlier('knex_migrations').pluck('name')).toEqual([
        '20261120000000_init.js',
      ]);
    },
  );

  it('gets another migration with other tables, so that a database with the earlier ones is refused', async () => {
    if (isPostgres(knex)) return;
    const tables = await knex('sqlite_master')
      .whereNot('name', 'like', 'knex_%')
      .whereNot('name', 'like', 'sqlite_%')
      .orderBy('name')
      .pluck('sql');
    const digest = createHash('sha256').update(tables.join()).digest('hex');
    const names = await knex('knex_migrations').pluck('name');
    // Until the first release: rename the migration when you change it, here and in database.ts.
    expect([...names, digest.slice(0, 12)]).toEqual([
      '20261130150000_init.js',
      '7a6cd5465b22',
    ]);
  });

  it('detects which of the two it is', () => {
    expect(isPostgres(knex)).toBe(databaseId === 'POSTGRES_18');
  });

  it('lifecycle.md: has a clock in whole epoch milliseconds', async () => {
    const before = Date.now();
    const now = await readDatabaseClock(knex);
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - before)).toBeLessThan(5_000);
    const readings = new Set<number>();
    for (let reading = 0; reading < 20; reading++) {
      readings.add((await readDatabaseClock(knex)) % 1_000);
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    expect(readings.size).toBeGreaterThan(5);
  });

  it('uses the wall clock, even late in a transaction: a lease counts from when it is acquired', async () => {
    await knex.transaction(async trx => {
      const start = await readDatabaseClock(trx);
      await new Promise(resolve => setTimeout(resolve, 60));
      expect((await readDatabaseClock(trx)) - start).toBeGreaterThanOrEqual(50);
    });
  });

  it('adds and subtracts milliseconds, and stores them unchanged', async () => {
    await knex.schema.createTable('moments', table => {
      table.bigInteger('at');
    });
    for (const [plus, expected] of [
      [60_000, 60_000],
      [-60_000, -60_000],
      [0.4, 0],
      [31_536_000_000, 31_536_000_000],
    ]) {
      await knex('moments').delete();
      const before = await readDatabaseClock(knex);
      await knex('moments').insert({ at: databaseNowPlus(knex, plus) });
      const after = await readDatabaseClock(knex);
      const at = toNumber((await knex('moments').first()).at)!;
      expect(at).toBeGreaterThanOrEqual(before + expected);
      expect(at).toBeLessThanOrEqual(after + expected);
      expect(Number.isInteger(at)).toBe(true);
    }
  });
});

it('reads a bigint the same way from both databases', () => {
  expect(toNumber('1800000000000')).toBe(1_800_000_000_000);
  expect(toNumber(1_800_000_000_000)).toBe(1_800_000_000_000);
  expect(toNumber(0)).toBe(0);
  expect(toNumber('0')).toBe(0);
  expect(toNumber(null)).toBeUndefined();
  expect(toNumber(undefined)).toBeUndefined();
});

/** Returns the object literal around a place in a source, without nested ones that end before it. */
function literalAround(source: string, place: number): string {
  let depth = 0;
  let start = place;
  while (depth < 1) {
    start -= 1;
    if (source[start] === '{') depth += 1;
    if (source[start] === '}') depth -= 1;
  }
  let end = start;
  do {
    if (source[end] === '{') depth += 1;
    if (source[end] === '}') depth -= 1;
    end += 1;
  } while (depth > 1);
  return source.slice(start, end);
}

it('reads a running clock at most once for a new row, so that its times agree', () => {
  const sources = join(__dirname, '..');
  const rows = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.includes('.test.'))
    .flatMap(file => {
      const source = readFileSync(join(sources, file), 'utf8');
      const found = [...source.matchAll(/\bcreated_at: |\.insert\(\{./gs)];
      return found.map(({ 0: { length }, index }) => ({
        file,
        columns: literalAround(source, index + length - 1),
      }));
    });
  expect(rows.length).toBeGreaterThan(10);
  const differ = rows.filter(
    ({ columns }) => columns.split('databaseNow').length > 2,
  );
  expect(differ).toEqual([]);
});
