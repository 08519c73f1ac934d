import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { CredentialKey } from '../database/CredentialKey';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { EndedTokens, Revocations } from '../revocations/Revocations';
import { UnreadableError } from '../sealing/Sealer';
import { placeOf } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { CredentialStore, PersonalFilter } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';

/** Why a person's connection ended, if it wasn't the person. */
export type Disconnected =
  | 'manager'
  | 'missing'
  | 'unused'
  | 'settings_changed'
  | 'deleted';

/** The people whose credentials ended, and the ids of the revocations. */
export interface Ended {
  people: string[];
  revocations: string[];
}

/** Rows that are locked and moved at once. */
const BATCH = 200;

/**
 * Ends people's credentials. In the caller's transaction, their tokens move to the revocations, with the settings that
 * they were obtained under, and tombstones are left. The provider is called afterwards. A refresh that runs meanwhile
 * finds the tombstone, and its tokens are revoked too.
 */
export class EndedCredentials {
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #datasources: Datasources;
  readonly #revocations: Revocations;
  readonly #logger: LoggerService;
  readonly #onEnded: (
    record: DatasourceRecord,
    people: string[],
    why: Disconnected,
  ) => Promise<void>;

  constructor(options: {
    store: CredentialStore;
    tokens: SealedTokens;
    datasources: Datasources;
    revocations: Revocations;
    logger: LoggerService;
    /** Tells people that their connections ended. */
    onEnded?: (
      record: DatasourceRecord,
      people: string[],
      why: Disconnected,
    ) => Promise<void>;
  }) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#datasources = options.datasources;
    this.#revocations = options.revocations;
    this.#logger = options.logger;
    this.#onEnded = options.onEnded ?? (async () => {});
  }

  /**
   * Call {@link EndedCredentials.tell} after the transaction, unless the person ends their own.
   *
   * @param datasource - as it was when the tokens were obtained: before a change of its settings
   */
  async end(
    datasource: LoadedDatasource,
    who: PersonalFilter,
    options: {
      reason: 'cleared' | 'settings_changed';
      by?: string;
      trx: Knex;
    },
  ): Promise<Ended> {
    const { reason, by, trx } = options;
    const { id, binding } = datasource.record;
    const ended: Ended = { people: [], revocations: [] };
    for (;;) {
      const rows = await this.#store.lockPersonal(id, who, BATCH, trx);
      if (rows.length === 0) return ended;
      ended.people.push(...rows.map(({ key }) => key.subject));
      ended.revocations.push(
        ...(await this.#revocations.add(this.#tokensOf(datasource, rows), trx)),
      );
      await this.#store.clearPersonal(
        rows.map(({ key }) => key),
        { credentialId: randomUUID(), binding, reason, by },
        trx,
      );
    }
  }

  /** Tells people that their connections ended. */
  async tell(
    { record }: LoadedDatasource,
    { people }: Ended,
    why: Disconnected,
  ): Promise<void> {
    if (people.length > 0) await this.#onEnded(record, people, why);
  }

  /** Stores the tokens of a refresh that finished after its credential ended. */
  async late(
    datasource: LoadedDatasource,
    { datasourceId }: CredentialKey,
    payload: RevocablePayload,
  ): Promise<void> {
    await this.#revocations.add([
      this.revocable(datasource, datasourceId, payload),
    ]);
  }

  /** Returns tokens with what a revocation needs. */
  revocable(
    datasource: LoadedDatasource,
    datasourceId: string,
    { refreshToken, accessToken, kept, dpopKey }: RevocablePayload,
  ): EndedTokens {
    return {
      datasourceId,
      context: {
        ...this.#datasources.providerContext(datasource, kept),
        dpopKey,
      },
      tokens: { refreshToken, accessToken: accessToken || undefined },
    };
  }

  #tokensOf(
    datasource: LoadedDatasource,
    rows: CredentialRow[],
  ): EndedTokens[] {
    const { record } = datasource;
    if (record.settings.auth.type !== 'oauth2') return [];
    const payloads = rows.map(row => this.#open(datasource, row));
    const unknown = payloads.filter(opened => opened === undefined).length;
    if (unknown > 0) {
      this.#logger.warn(
        `The tokens of ${unknown} ended credentials of datasource '${record.name}' can't be read, or were obtained under other settings, so they are not revoked. Revoke them at the provider.`,
      );
    }
    return payloads
      .flatMap(opened => opened ?? [])
      .map(payload => this.revocable(datasource, record.id, payload));
  }

  /** Tokens of other settings must not be sent to where these settings point. */
  #open(
    { record }: LoadedDatasource,
    row: CredentialRow,
  ): TokenPayload[] | undefined {
    if (!row.sealed) return [];
    if (row.binding !== record.binding) return undefined;
    try {
      const { sealedSpare } = row;
      return [
        this.#tokens.openRow(row, row.sealed),
        ...(sealedSpare
          ? [this.#tokens.open(sealedSpare, placeOf(row, 'sealed_spare'))]
          : []),
      ];
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/** What a revocation needs of a token response. */
export type RevocablePayload = Pick<
  TokenPayload,
  'refreshToken' | 'accessToken' | 'kept' | 'dpopKey'
>;
