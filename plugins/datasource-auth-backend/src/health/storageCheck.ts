import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { isPostgres } from '../database/database';

/** What the log says at the start, and Setup health as long as it is so. */
export const IN_MEMORY =
  'The database is SQLite in memory: every datasource and credential is lost when the backend stops.';

/** Whether the database lives in the memory of this process. */
export async function isInMemory(knex: Knex): Promise<boolean> {
  if (isPostgres(knex)) return false;
  const databases: Array<{ name: string; file: string | null }> =
    await knex.raw('pragma database_list');
  return databases.some(({ name, file }) => name === 'main' && !file);
}

/** Whether what is stored survives a restart. */
export async function storageCheck(knex: Knex): Promise<HealthCheck> {
  const lost = await isInMemory(knex);
  return {
    id: 'storage',
    state: lost ? 'problem' : 'ok',
    title: 'Datasources and credentials survive a restart',
    detail: lost ? IN_MEMORY : undefined,
    remedy: lost
      ? 'Set backend.database to PostgreSQL, or for SQLite set connection.directory to a folder that stays.'
      : undefined,
  };
}
