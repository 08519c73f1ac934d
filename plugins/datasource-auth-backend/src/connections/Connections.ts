import { randomUUID } from 'node:crypto';
import {
  apiOrigins,
  Connection,
  ConnectionDoubt,
  ConnectionState,
  DatasourceAuthError,
  message,
  missingScopes,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { CredentialRow } from '../credentials/CredentialRow';
import { CredentialStore } from '../credentials/CredentialStore';
import { renewalOf } from '../credentials/renewal';
import { Revocation } from '../credentials/Revocation';
import { SealedTokens } from '../credentials/SealedTokens';
import { CredentialKey } from '../database/CredentialKey';
import { LoadedDatasource } from '../datasources/Datasources';
import { UnreadableError } from '../sealing/Sealer';
import { isFor, requestedOf } from '../settings/binding';
import {
  AgreedTerms,
  agreesToAll,
  connectionTermsOf,
  shownTerms,
  withoutDigest,
} from '../settings/connectionTerms';
import { coversOrigins } from '../settings/origins';
import { requestsWiderAccess } from '../settings/reach';
import { Delegations } from './Delegations';

/** Returns a user's email address in the catalog. Undefined if it isn't there, or the catalog isn't. */
export type EmailOf = (userRef: string) => Promise<string | undefined>;

/** People's own credentials: how they begin, what their owner sees of them, and how they end. */
export class Connections {
  readonly #knex: Knex;
  readonly #authorizations: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #credentials: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #delegations: Delegations;
  readonly #revocation: Revocation;
  readonly #emailOf: EmailOf;
  readonly #onChanged: (key: CredentialKey) => Promise<void>;

  constructor(options: {
    knex: Knex;
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    credentials: CredentialStore;
    tokens: SealedTokens;
    delegations: Delegations;
    revocation: Revocation;
    emailOf: EmailOf;
    /** Called after a credential changed. */
    onChanged: (key: CredentialKey) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#authorizations = options.authorizations;
    this.#secrets = options.authorizationSecrets;
    this.#credentials = options.credentials;
    this.#tokens = options.tokens;
    this.#delegations = options.delegations;
    this.#revocation = options.revocation;
    this.#emailOf = options.emailOf;
    this.#onChanged = options.onChanged;
  }

  /** Returns why the account may not be the user's own. Nothing of another user. */
  async doubtsAbout(
    key: CredentialKey,
    account: string | undefined,
  ): Promise<ConnectionDoubt[]> {
    if (account === undefined) return [];
    const [email, isTaken] = await Promise.all([
      this.#emailOf(key.subject),
      this.#credentials.isAccountTaken(key, account),
    ]);
    return [
      ...(email && !isSameAccount(account, email)
        ? (['other_email'] as const)
        : []),
      ...(isTaken ? (['account_taken'] as const) : []),
    ];
  }

  /**
   * Stores the credential of a granted attempt, with what its user agreed to. The attempt is used up.
   *
   * @throws DatasourceAuthError `credential_out_of_date`
   */
  async connect(
    { record }: LoadedDatasource,
    { id, userRef, subject }: AuthorizationRow,
  ): Promise<void> {
    const { settings, binding } = record;
    const key = new CredentialKey({ datasourceId: record.id, subject });
    const tellEnded = await this.#knex.transaction(async trx => {
      const consumed = await this.#authorizations.consume(
        id,
        { userRef, binding, datasourceId: record.id, subject: key.subject },
        trx,
      );
      if (!consumed || requestsWiderAccess(settings, consumed.settings)) {
        throw new DatasourceAuthError(message('error.credentialOutOfDate'), {
          code: 'credential_out_of_date',
          statusCode: 409,
        });
      }
      const { answer } = this.#secrets.openResult(
        { id, binding, ...key },
        consumed.sealedResult,
      );
      const place = { key, credentialId: randomUUID(), binding };
      await this.#credentials.replace(
        key,
        {
          credentialId: place.credentialId,
          binding,
          requested: requestedOf(consumed.settings),
          apiOrigins: [...apiOrigins(settings)],
          // What was shown, even if plugins were added since.
          sealedTerms: this.#tokens.sealTerms(
            connectionTermsOf(consumed.settings),
            place,
          ),
          tokens: this.#tokens.fromAnswer(
            answer,
            { ...place, column: 'sealed' },
            { ...renewalOf(settings), now: Date.now() },
          ),
        },
        trx,
      );
      const row = await this.#credentials.read(key, trx);
      return this.#delegations.endAll(key, 'other_account', trx, row);
    });
    await this.#onChanged(key);
    await tellEnded();
  }

  /**
   * Ends a connection, then asks the provider to revoke its tokens.
   *
   * @returns whether the provider confirmed
   * @throws DatasourceAuthError `not_found`
   */
  async disconnect(
    datasource: LoadedDatasource,
    key: CredentialKey,
  ): Promise<boolean> {
    const row = await this.#credentials.read(key);
    if (!row || row.state === 'cleared') {
      throw notConnected(datasource.record.name);
    }
    let tellEnded = async () => {};
    const revoked = await this.#revocation.afterwards(datasource, key, () =>
      this.#knex.transaction(async trx => {
        await this.#credentials.clear(
          key,
          {
            credentialId: randomUUID(),
            binding: row.binding,
            reason: 'cleared',
          },
          trx,
        );
        tellEnded = await this.#delegations.endAll(key, 'disconnected', trx);
      }),
    );
    await this.#onChanged(key);
    await tellEnded();
    return revoked;
  }

  /** Returns what a person sees of each of these datasources. */
  async list(
    subject: string,
    datasources: LoadedDatasource[],
  ): Promise<Connection[]> {
    const rows = await this.#credentials.readOwn(subject);
    const byDatasource = new Map(rows.map(row => [row.key.datasourceId, row]));
    return datasources.map(datasource =>
      this.#connectionOf(datasource, byDatasource.get(datasource.record.id)),
    );
  }

  #connectionOf(
    datasource: LoadedDatasource,
    row: CredentialRow | undefined,
  ): Connection {
    const { name, settings } = datasource.record;
    const agreed = row && this.#termsOf(row);
    const base = {
      datasource: name,
      title: settings.title,
      description: settings.description,
      terms: shownTerms(settings),
    };
    if (!row || row.state === 'cleared') {
      return { ...base, state: 'not_connected' };
    }
    const missing = missingScopes({
      scopes: oauth2Settings(settings.auth)?.scopes ?? [],
      instance: settings.instance,
      granted: row.scope,
      hasRefreshToken: row.hasRefreshToken,
    });
    const state = stateOf(datasource, row, agreed);
    return {
      ...base,
      state: state === 'connected' && missing.length ? 'scope_missing' : state,
      missingScopes: missing.length ? missing : undefined,
      agreed: agreed && withoutDigest(agreed),
      account: row.account,
      scope: row.scope,
      connectedAt: row.stateChangedAt,
      lastUsedAt: row.lastUsedAt,
    };
  }

  #termsOf(row: CredentialRow): AgreedTerms | undefined {
    try {
      return this.#tokens.openTerms(row);
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/** The error for a person without a connection, also for what they may not see. */
export function notConnected(name: string): DatasourceAuthError {
  return new DatasourceAuthError(message('error.connectionUnknown', { name }), {
    code: 'not_found',
    statusCode: 404,
  });
}

function stateOf(
  { record }: LoadedDatasource,
  row: CredentialRow,
  agreed: AgreedTerms | undefined,
): ConnectionState {
  const { settings } = record;
  if (
    row.state !== 'live' ||
    !agreed ||
    !isFor(record, row) ||
    !coversOrigins(settings, row)
  ) {
    return 'reconnect';
  }
  return agreesToAll(agreed, settings) ? 'connected' : 'consent_outdated';
}

/** Providers name an account by its email address, or by the part before the @. */
function isSameAccount(account: string, email: string): boolean {
  const [known, said] = [email, account].map(text => text.trim().toLowerCase());
  return (
    said === known || (!said.includes('@') && said === known.split('@')[0])
  );
}
