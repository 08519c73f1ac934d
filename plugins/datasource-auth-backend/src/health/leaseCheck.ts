import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Knex } from 'knex';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { DatasourceStore } from '../datasources/DatasourceStore';

/**
 * Whether the database keeps leases: on a credential that nobody else ever sees, one is given once, refused to a second,
 * and all of it is undone.
 */
export async function leaseCheck(options: {
  knex: Knex;
  logger: LoggerService;
}): Promise<HealthCheck> {
  const title = 'The database lets one replica at a time renew a credential';
  try {
    if (await keepsLeases(options.knex))
      return { id: 'lease', state: 'ok', title };
  } catch (error) {
    options.logger.warn(
      `The database couldn't store a lease. Check that it is writable: ${
        isError(error) ? error.message : 'unknown error'
      }`,
    );
  }
  return {
    id: 'lease',
    state: 'problem',
    title,
    detail: 'A lease on trial was not kept. Credentials cannot be renewed.',
    remedy:
      "See in the backend's log what the database said, that it is no read-only copy, and that the backend may write to its tables.",
  };
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
