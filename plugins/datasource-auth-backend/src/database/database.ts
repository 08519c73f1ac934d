import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const MIGRATIONS = resolvePackagePath(
  'backstage-plugin-datasource-auth-backend',
  'migrations',
);

/** Creates the whole schema. Databases of earlier checkouts started with another migration. */
const FIRST_MIGRATION = '20261130150000_init.js';

/** Name of the database lock under which the schema changes. */
const MIGRATIONS_LOCK = 'datasource-auth migrations';

/**
 * Opens the plugin's database and updates its schema. Replicas that start together take turns.
 *
 * @throws Error for a database of an earlier checkout, which isn't changed
 */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  await refuseEarlierCheckout(knex);
  if (!database.migrations?.skip) await migrate(knex);
  return knex;
}

async function refuseEarlierCheckout(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable('knex_migrations'))) return;
  const first = await knex('knex_migrations').orderBy('id').first('name');
  if (!first || first.name === FIRST_MIGRATION) return;
  throw new Error(
    `The database of datasource-auth comes from an unreleased version and can't be upgraded: delete the demo's with 'make clean', or drop the plugin's database in your own Backstage`,
  );
}

async function migrate(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.migrate.latest({ directory: MIGRATIONS });
    return;
  }
  await knex.transaction(async trx => {
    // knex's own lock refuses the second process, and stays when its owner is killed.
    await trx.raw(`select pg_advisory_xact_lock(hashtext(?))`, [
      MIGRATIONS_LOCK,
    ]);
    await trx.migrate.latest({ directory: MIGRATIONS });
  });
}

/**
 * SQL for the database's own clock in epoch milliseconds. Leases, back-off and expiry use it, so that replicas with
 * different clocks agree. On PostgreSQL it is the wall clock, not the start of the transaction.
 */
export function databaseNow(knex: Knex): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('(extract(epoch from clock_timestamp()) * 1000)::bigint')
    : knex.raw(`cast(unixepoch('subsec') * 1000 as integer)`);
}

/**
 * The database's clock, read once for the whole statement. Use it for ranges of an indexed column: PostgreSQL reads a
 * running clock again for each row, and then can't use the index.
 */
export function databaseNowOnce(knex: Knex): Knex.Raw {
  return knex.raw('(select ?)', [databaseNow(knex)]);
}

/** The database's clock plus a number of milliseconds, as SQL. */
export function databaseNowPlus(knex: Knex, milliseconds: number): Knex.Raw {
  return knex.raw('(? + ?)', [databaseNow(knex), Math.round(milliseconds)]);
}

/**
 * When the statement started by the database's clock, plus a number of milliseconds, as SQL: the same everywhere in one
 * statement, however long that waits for its row.
 */
export function statementStartPlus(knex: Knex, milliseconds: number): Knex.Raw {
  const start = isPostgres(knex)
    ? knex.raw('(extract(epoch from statement_timestamp()) * 1000)::bigint')
    : databaseNow(knex);
  return knex.raw('(? + ?)', [start, Math.round(milliseconds)]);
}

/** Reads the database's clock: epoch milliseconds. */
export async function readDatabaseClock(knex: Knex): Promise<number> {
  const [row] = await knex.select({ now: databaseNow(knex) });
  return Number(row.now);
}

/** Returns whether the database is PostgreSQL. The other supported one is SQLite, which has one process. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** A bigint column, which PostgreSQL returns as text and SQLite as number. */
export function toNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** Format of an id. Ids come from URLs, and PostgreSQL fails on invalid ones. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
