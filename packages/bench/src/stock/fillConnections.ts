import { randomUUID } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import {
  connectionTermsOf,
  CredentialKey,
  renewalOf,
  requestedOf,
  SealedTokens,
} from '../subject/datasourceAuthParts';
import { connect, openDatasourceAuth } from '../subject/openDatasourceAuth';

const HOUR = 3_600_000;

/** Stores a credential for each subject of a datasource, as if each had just connected an account. */
export async function fillConnections(
  database: string,
  options: { datasources: JsonObject; name: string; subjects: string[] },
): Promise<void> {
  const knex = connect(database);
  try {
    const parts = await openDatasourceAuth(knex, options.datasources);
    const { record } = await parts.loadedDatasources.get(options.name);
    const { settings, binding } = record;
    const tokens = new SealedTokens({
      sealer: parts.sealer,
      renewalTimes: { beforeExpiry: HOUR / 12, sweepEvery: HOUR },
    });
    const renewal = renewalOf(settings);
    await knex.transaction(async trx => {
      for (const subject of options.subjects) {
        const key = new CredentialKey({ datasourceId: record.id, subject });
        const place = { key, credentialId: randomUUID(), binding };
        const now = Date.now();
        const answer = {
          accessToken: `${randomUUID()}${randomUUID()}`,
          refreshToken: `${randomUUID()}${randomUUID()}`,
          ...{ tokenType: 'Bearer', scope: 'read', kept: {} },
          ...{ requestedAt: now, expiresAt: now + 10 * HOUR },
        };
        await parts.credentialStore.replace(
          key,
          {
            ...{ credentialId: place.credentialId, binding },
            requested: requestedOf(settings),
            apiOrigins: renewal.apiOrigins,
            ...(key.isPersonal && {
              sealedTerms: tokens.sealTerms(connectionTermsOf(settings), place),
            }),
            tokens: tokens.fromAnswer(
              answer,
              { ...place, column: 'sealed' },
              { ...renewal, now },
            ),
          },
          trx,
        );
      }
    });
  } finally {
    await knex.destroy();
  }
}
