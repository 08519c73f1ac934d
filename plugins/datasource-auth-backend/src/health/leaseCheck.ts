import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { HealthCheck, message } from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Knex } from 'knex';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { healthCheck } from './healthCheck';

/**
 * Checks whether the database keeps leases. It acquires one on a credential that no one else sees, checks that a second
 * owner is rejected, and rolls back.
 */
export async function leaseCheck(options: {
  knex: Knex;
  logger: LoggerService;
}): Promise<HealthCheck> {
  try {
    if (await keepsLeases(options.knex))
      return healthCheck({
        id: 'lease',
        state: 'ok',
        title: message('health.lease.title'),
        detail: [message('health.lease.detail')],
      });
  } catch (error) {
    options.logger.warn(
      `The database couldn't store a lease. Check that it is writable: ${
        isError(error) ? error.message : 'unknown error'
      }`,
    );
  }
  return healthCheck({
    id: 'lease',
    state: 'problem',
    title: message('health.lease.notKept'),
    detail: [message('health.lease.lost')],
    remedy: [message('health.lease.remedy')],
  });
}

async function keepsLeases(knex: Knex): Promise<boolean> {
  const trial = await knex.transaction();
  try {
    const id = randomUUID();
    const name = `lease-trial-${id}`;
    const binding = 'trial';
    await new DatasourceStore({ knex: trial }).insert({
      id,
      name,
      source: 'database',
      settings: datasourceSettingsSchema.parse({
        name,
        auth: { grantType: 'client_credentials' },
      }),
      secretInfos: {},
      binding,
      attention: 0,
    });
    const key = CredentialKey.service(id);
    const store = new CredentialStore({ knex: trial });
    await store.insertEmpty(key, {
      ...{ credentialId: randomUUID(), binding, requested: binding },
    });
    const row = await store.read(key);
    if (!row) return false;
    const first = await store.leases.take(row, 'first');
    const taken = await store.read(key);
    return Boolean(
      first && taken && !(await store.leases.take(taken, 'second')),
    );
  } finally {
    await trial.rollback();
  }
}
