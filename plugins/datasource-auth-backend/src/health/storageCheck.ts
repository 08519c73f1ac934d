import {
  HealthCheck,
  message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { isPostgres } from '../database/database';
import { healthCheck } from './healthCheck';

/** The log message at startup. */
export const IN_MEMORY = renderMessages([message('health.storage.inMemory')]);

/** Whether the database lives in the memory of this process. */
export async function isInMemory(knex: Knex): Promise<boolean> {
  if (isPostgres(knex)) return false;
  const databases: Array<{ name: string; file: string | null }> =
    await knex.raw('pragma database_list');
  return databases.some(({ name, file }) => name === 'main' && !file);
}

/** Checks whether stored data survives a restart. */
export async function storageCheck(knex: Knex): Promise<HealthCheck> {
  const lost = await isInMemory(knex);
  return healthCheck({
    id: 'storage',
    state: lost ? 'problem' : 'ok',
    title: message(lost ? 'health.storage.lost' : 'health.storage.title'),
    detail: [
      message(lost ? 'health.storage.inMemory' : 'health.storage.detail'),
    ],
    remedy: lost ? [message('health.storage.remedy')] : undefined,
  });
}
