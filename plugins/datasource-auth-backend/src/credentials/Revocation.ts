import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { ProviderClient } from '../oauth/ProviderClient';
import { CredentialRow, CredentialStore } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';

/** How long a removal waits for a running renewal, so that it revokes the newest tokens. Milliseconds. */
const LEASE_PATIENCE = 30_000;
const POLL = 100;

/**
 * Asks the provider to revoke what a change removed (RFC 7009), after the change is committed. The change happens
 * whatever the provider says. Only when asked: with some providers one revocation ends the whole grant.
 */
export class Revocation {
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #datasources: Datasources;
  readonly #client: ProviderClient;
  readonly #logger: LoggerService;

  static create(options: {
    store: CredentialStore;
    tokens: SealedTokens;
    datasources: Datasources;
    client: ProviderClient;
    logger: LoggerService;
  }): Revocation {
    return new Revocation(options);
  }

  private constructor(options: Parameters<typeof Revocation.create>[0]) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#datasources = options.datasources;
    this.#client = options.client;
    this.#logger = options.logger;
  }

  /** Runs a change, and afterwards revokes the credential that was there before it. */
  async around<T>(
    datasource: LoadedDatasource,
    revoke: boolean,
    change: () => Promise<T>,
  ): Promise<T> {
    const payload = revoke ? await this.#claim(datasource) : undefined;
    const result = await change();
    if (payload) await this.#revoke(datasource, payload);
    return result;
  }

  /** Takes the lease, so that no renewal replaces the tokens between here and the revocation. */
  async #claim(
    datasource: LoadedDatasource,
  ): Promise<TokenPayload | undefined> {
    const patience = performance.now() + LEASE_PATIENCE;
    let row: CredentialRow | undefined;
    do {
      row = await this.#store.read(datasource.record.id);
      if (!row?.sealed) return undefined;
      if (await this.#store.takeLease(row, randomUUID())) break;
      await sleep(POLL);
    } while (performance.now() < patience);
    return this.#tokens.open(row.sealed!, {
      credentialId: row.credentialId,
      column: 'sealed',
      binding: row.binding,
    });
  }

  async #revoke(
    datasource: LoadedDatasource,
    payload: TokenPayload,
  ): Promise<void> {
    try {
      await this.#client.revoke(
        this.#datasources.providerContext(datasource, payload.kept),
        {
          refreshToken: payload.refreshToken,
          accessToken: payload.accessToken,
        },
      );
    } catch (error) {
      this.#logger.warn(
        `The provider of datasource '${
          datasource.record.name
        }' did not confirm the revocation: ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
    }
  }
}
