import { randomUUID } from 'node:crypto';
import {
  apiOrigins,
  ConnectionEntry,
  DatasourceAuthError,
  Message,
  message,
  personalSecretFault,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { Change } from '../credentials/ChangeFeed';
import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { SealedTokens, TokenPayload } from '../credentials/SealedTokens';
import { CredentialKey } from '../database/CredentialKey';
import { LoadedDatasource } from '../datasources/Datasources';
import { UnreadableError } from '../sealing/Sealer';
import { isFor, requestedOf } from '../settings/binding';
import { connectionFormOf } from '../settings/connectionForm';
import { connectionTermsOf } from '../settings/connectionTerms';
import { coversOrigins } from '../settings/origins';
import { coversEntry } from '../settings/ownSecrets';
import { Delegations } from './Delegations';

const DAY = 24 * 60 * 60_000;

/** What a person entered, before it is stored. */
export interface Entered {
  key: CredentialKey;
  credentialId: string;
  payload: TokenPayload;
  /** Epoch milliseconds. */
  expiresAt?: number;
}

/** Connections with a secret that the API itself issued: their owner enters it, and nothing refreshes it. */
export class EnteredConnections {
  readonly #knex: Knex;
  readonly #credentials: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #delegations: Delegations;
  readonly #onChanged: (change: Change) => Promise<void>;

  constructor(options: {
    knex: Knex;
    credentials: CredentialStore;
    tokens: SealedTokens;
    delegations: Delegations;
    /** Called after credentials changed. */
    onChanged: (change: Change) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#credentials = options.credentials;
    this.#tokens = options.tokens;
    this.#delegations = options.delegations;
    this.#onChanged = options.onChanged;
  }

  /**
   * Checks what a person entered. Without secrets, they keep what they entered before, and agree to the current terms.
   *
   * @throws DatasourceAuthError `version_conflict`, `invalid_request`
   */
  async read(
    { record }: LoadedDatasource,
    key: CredentialKey,
    { secrets, expiresAt, version }: ConnectionEntry,
  ): Promise<Entered> {
    const { settings } = record;
    const form = connectionFormOf(settings);
    if (form?.version !== version) {
      throw new DatasourceAuthError(message('error.connectionFormOld'), {
        code: 'version_conflict',
        statusCode: 412,
      });
    }
    const end =
      expiresAt === undefined ? undefined : Date.parse(expiresAt) + DAY;
    const faults = new Map<string, Message>();
    for (const path of new Set([
      ...form.paths,
      ...Object.keys(secrets ?? {}),
    ])) {
      if (!secrets) break;
      const found = form.paths.includes(path)
        ? personalSecretFault(path, secrets[path] ?? '')
        : message('fault.personalUnknown');
      if (found) faults.set(`secrets.${path}`, found);
    }
    if (end !== undefined && end <= Date.now()) {
      faults.set('expiresAt', message('fault.personalOver'));
    }
    if (faults.size > 0) throw invalid(faults);
    if (!secrets) return this.#kept(record, key, end);
    const own = form.paths.map(path => [path, secrets[path] ?? '']);
    return {
      ...{ key, credentialId: randomUUID(), expiresAt: end },
      payload: {
        ...{ accessToken: '', tokenType: '', kept: {} },
        apiOrigins: [...apiOrigins(settings)],
        own: Object.fromEntries(own),
      },
    };
  }

  /** @throws DatasourceAuthError `invalid_request` if it can't be used under the current settings */
  async #kept(
    record: LoadedDatasource['record'],
    key: CredentialKey,
    end: number | undefined,
  ): Promise<Entered> {
    const { settings } = record;
    const row = await this.#credentials.read(key);
    if (
      row?.sealed &&
      row.state === 'live' &&
      !row.suspended &&
      isFor(record, row) &&
      coversOrigins(settings, row)
    ) {
      const payload = this.#open(row, row.sealed);
      if (payload && coversEntry(settings, payload.own)) {
        const { credentialId } = row;
        return { key, credentialId, payload, expiresAt: end ?? row.expiresAt };
      }
    }
    throw new DatasourceAuthError(message('error.connectionNotKept'), {
      code: 'invalid_request',
      statusCode: 400,
    });
  }

  /** Stores a connection, with what its person agreed to. */
  async store(
    { record }: LoadedDatasource,
    { key, credentialId, payload, expiresAt }: Entered,
    proven: { account?: string; verifiedAt?: number },
  ): Promise<void> {
    const { settings, binding } = record;
    const place = { key, credentialId, binding };
    const tellEnded = await this.#knex.transaction(async trx => {
      await this.#credentials.replace(
        key,
        {
          ...{ credentialId, binding, requested: requestedOf(settings) },
          apiOrigins: payload.apiOrigins,
          verifiedAt: proven.verifiedAt,
          sealedTerms: this.#tokens.sealTerms(
            connectionTermsOf(settings),
            place,
          ),
          tokens: {
            sealed: this.#tokens.seal(payload, { ...place, column: 'sealed' }),
            ...{ hasRefreshToken: false, age: 0, expiresAt },
            account: proven.account,
          },
        },
        trx,
      );
      const row = await this.#credentials.read(key, trx);
      return this.#delegations.endAll(key, 'other_account', trx, row);
    });
    await this.#onChanged(key);
    await tellEnded();
  }

  #open(row: CredentialRow, sealed: string): TokenPayload | undefined {
    try {
      return this.#tokens.openRow(row, sealed);
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

function invalid(faults: Map<string, Message>): DatasourceAuthError {
  const entries = [...faults];
  return new DatasourceAuthError(
    entries.map(([path, found]) =>
      message('error.field', { path, fault: found }),
    ),
    {
      ...{ code: 'invalid_request', statusCode: 400 },
      fieldTexts: Object.fromEntries(
        entries.map(([path, found]) => [path, [found]]),
      ),
    },
  );
}
