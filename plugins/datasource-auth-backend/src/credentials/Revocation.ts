import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { oauth2Settings } from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { ProviderClient } from '../oauth/ProviderClient';
import { CredentialKey } from '../database/CredentialKey';
import { Lease } from './CredentialLeases';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { EndedCredentials } from './EndedCredentials';
import { EndedTokens } from '../revocations/Revocations';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';

/** How long a removal waits for a running refresh, so that it revokes the newest tokens. Milliseconds. */
const LEASE_PATIENCE = 30_000;
const POLL = 100;

/** A credential that is about to be removed, with a lease that blocks refreshes. */
interface Claim {
  row: CredentialRow;
  lease?: Lease;
  payload: TokenPayload;
}

/**
 * Asks the provider to revoke what a change removed (RFC 7009), after the commit. The change doesn't depend on the
 * provider. Only on request: with some providers one revocation ends the whole grant.
 */
export class Revocation {
  readonly #store: CredentialStore;
  readonly #activity: ActivityStore;
  readonly #tokens: SealedTokens;
  readonly #datasources: Datasources;
  readonly #ended: EndedCredentials;
  readonly #client: ProviderClient;
  readonly #logger: LoggerService;
  readonly #isQuarantined: () => boolean;

  constructor(options: {
    store: CredentialStore;
    activity: ActivityStore;
    tokens: SealedTokens;
    datasources: Datasources;
    ended: EndedCredentials;
    client: ProviderClient;
    logger: LoggerService;
    /** Whether the credentials may belong to another installation. */
    isQuarantined?: () => boolean;
  }) {
    this.#store = options.store;
    this.#activity = options.activity;
    this.#tokens = options.tokens;
    this.#datasources = options.datasources;
    this.#ended = options.ended;
    this.#client = options.client;
    this.#logger = options.logger;
    this.#isQuarantined = options.isQuarantined ?? (() => false);
  }

  /** Runs a change, then revokes the credential that was there before it. */
  async around<T>(
    datasource: LoadedDatasource,
    revoke: boolean,
    change: () => Promise<T>,
  ): Promise<T> {
    const { id } = datasource.record;
    const claim = revoke
      ? await this.#claim(datasource, CredentialKey.service(id))
      : undefined;
    const result = await this.#under(claim, change);
    const confirmed = claim && (await this.#revoke(datasource, claim.payload));
    if (confirmed !== undefined) {
      await this.#activity.record(id, {
        kind: 'revoked',
        details: { confirmed },
      });
    }
    return result;
  }

  /**
   * Runs a change that deletes a datasource. It gets the tokens that it ends, which {@link Revocations} revokes.
   */
  async before<T>(
    datasource: LoadedDatasource,
    revoke: boolean,
    change: (ended: EndedTokens[]) => Promise<T>,
  ): Promise<T> {
    const { id } = datasource.record;
    const claim = revoke
      ? await this.#claim(datasource, CredentialKey.service(id))
      : undefined;
    const isRevocable =
      claim && oauth2Settings(datasource.record.settings.auth)?.revoke?.url;
    return this.#under(claim, () =>
      change(
        isRevocable
          ? [this.#ended.revocable(datasource, id, claim.payload)]
          : [],
      ),
    );
  }

  async #under<T>(
    claim: Claim | undefined,
    change: () => Promise<T>,
  ): Promise<T> {
    try {
      return await change();
    } catch (error) {
      if (claim?.lease)
        await this.#store.leases.release(claim.row, claim.lease);
      throw error;
    }
  }

  /**
   * Acquires the lease, so that no refresh replaces the tokens before the revocation. The change goes on if there is
   * nothing to revoke. Tokens that can't be read aren't revoked. Neither are those of other settings, because they must
   * not be sent to where these settings point. In a copied database, a revocation would end the original's grant.
   */
  async #claim(
    datasource: LoadedDatasource,
    key: CredentialKey,
  ): Promise<Claim | undefined> {
    if (this.#isQuarantined()) {
      this.#logger.warn(
        `The credential of datasource '${datasource.record.name}' is not revoked: this database was last used with another callback URL, where the credential may still be in use.`,
      );
      return undefined;
    }
    const patience = performance.now() + LEASE_PATIENCE;
    for (;;) {
      const row = await this.#store.read(key);
      const payload = row?.sealed && this.#open(datasource, row);
      if (!row || !payload) return undefined;
      const lease = await this.#store.leases.take(row, randomUUID());
      if (lease || performance.now() > patience) return { row, lease, payload };
      await sleep(POLL);
    }
  }

  #open(
    { record }: LoadedDatasource,
    row: CredentialRow,
  ): TokenPayload | undefined {
    if (row.binding !== record.binding) {
      this.#logger.warn(
        `The credential of datasource '${record.name}' was obtained under other settings, so it is not revoked. Revoke it at its provider.`,
      );
      return undefined;
    }
    try {
      return this.#tokens.openRow(row, row.sealed!);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#logger.warn(
        `The credential of datasource '${record.name}' can't be read, so it is not revoked. Revoke it at its provider. ${error.message}`,
      );
      return undefined;
    }
  }

  /** @returns whether the provider confirmed; undefined if the settings name no place to revoke */
  async #revoke(
    datasource: LoadedDatasource,
    payload: TokenPayload,
  ): Promise<boolean | undefined> {
    const oauth = oauth2Settings(datasource.record.settings.auth);
    if (!oauth?.revoke?.url) return undefined;
    try {
      await this.#client.revoke(
        this.#datasources.providerContext(datasource, payload.kept),
        {
          refreshToken: payload.refreshToken,
          accessToken: payload.accessToken,
        },
      );
      return true;
    } catch (error) {
      this.#logger.warn(
        `The provider of datasource '${
          datasource.record.name
        }' did not confirm the revocation. Revoke the credential there. ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
      return false;
    }
  }
}
