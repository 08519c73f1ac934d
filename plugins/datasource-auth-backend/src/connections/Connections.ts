import { randomUUID } from 'node:crypto';
import {
  apiOrigins,
  Connection,
  ConnectionDoubt,
  ConnectionState,
  DatasourceAuthError,
  isFromSettings,
  message,
  missingScopes,
  oauth2Settings,
  PersonalData,
  PersonalDataRemoval,
} from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { Change } from '../credentials/ChangeFeed';
import { CredentialRow } from '../credentials/CredentialRow';
import {
  CredentialStore,
  PersonalFilter,
} from '../credentials/CredentialStore';
import { renewalOf } from '../credentials/renewal';
import { isUnexpired, REJECTED_BY_API } from '../credentials/freshness';
import { Ended, EndedCredentials } from '../credentials/EndedCredentials';
import { Revocations } from '../revocations/Revocations';
import { SealedTokens } from '../credentials/SealedTokens';
import { CredentialKey } from '../database/CredentialKey';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { UnreadableError } from '../sealing/Sealer';
import { PeopleStore } from './PeopleStore';
import { PersonalReferences } from './PersonalReferences';
import { isFor, requestedOf } from '../settings/binding';
import {
  AgreedTerms,
  agreesToAll,
  connectionTermsOf,
  shownTerms,
  withoutDigest,
} from '../settings/connectionTerms';
import { coversOrigins } from '../settings/origins';
import { connectionFormOf } from '../settings/connectionForm';
import { coversEntry } from '../settings/ownSecrets';
import { isRenewable } from '../settings/status';
import { requestsWiderAccess } from '../settings/reach';
import { Delegations } from './Delegations';

/** Returns a user's email address in the catalog. Undefined if it isn't there, or the catalog isn't. */
export type EmailOf = (userRef: string) => Promise<string | undefined>;

/** People's own credentials: how they begin, what their owner sees of them, and how they end. */
export class Connections {
  readonly #knex: Knex;
  readonly #activity: ActivityStore;
  readonly #authorizations: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #credentials: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #delegations: Delegations;
  readonly #ended: EndedCredentials;
  readonly #revocations: Revocations;
  readonly #datasources: Datasources;
  readonly #references: PersonalReferences;
  readonly #people: PeopleStore;
  readonly #emailOf: EmailOf;
  readonly #onChanged: (change: Change) => Promise<void>;

  constructor(options: {
    knex: Knex;
    activity: ActivityStore;
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    credentials: CredentialStore;
    tokens: SealedTokens;
    delegations: Delegations;
    ended: EndedCredentials;
    revocations: Revocations;
    datasources: Datasources;
    people: PeopleStore;
    emailOf: EmailOf;
    /** Called after credentials changed. */
    onChanged: (change: Change) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#activity = options.activity;
    this.#authorizations = options.authorizations;
    this.#secrets = options.authorizationSecrets;
    this.#credentials = options.credentials;
    this.#tokens = options.tokens;
    this.#delegations = options.delegations;
    this.#ended = options.ended;
    this.#revocations = options.revocations;
    this.#datasources = options.datasources;
    this.#people = options.people;
    this.#references = new PersonalReferences(options);
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
   * Ends a connection, then asks the provider to revoke its tokens. If it doesn't confirm now, it is asked again later.
   *
   * @param by - if it isn't the person
   * @returns whether the provider confirmed
   * @throws DatasourceAuthError `not_found`
   */
  async disconnect(
    datasource: LoadedDatasource,
    key: CredentialKey,
    by?: string,
  ): Promise<boolean> {
    const { subject } = key;
    const { people, revocations } = await this.#end(
      datasource,
      { subject },
      by,
    );
    if (people.length === 0) throw notConnected(datasource.record.name);
    return this.#revocations.attempt(revocations);
  }

  /**
   * Ends a connection that nobody used for long, as {@link Connections.disconnect} does, unless its person ended or
   * replaced it meanwhile.
   *
   * @returns whether it ended
   */
  async endUnused(
    datasource: LoadedDatasource,
    { key: { subject }, credentialId }: CredentialRow,
  ): Promise<boolean> {
    const who = { subject, credentialId };
    const ended = await this.#end(datasource, who);
    await this.#ended.tell(datasource, ended, 'unused');
    await this.#revocations.attempt(ended.revocations);
    return ended.people.length > 0;
  }

  /**
   * Ends all connections to a datasource. Their tokens are revoked in the background.
   *
   * @returns how many people were connected
   */
  async disconnectAll(
    datasource: LoadedDatasource,
    by: string,
  ): Promise<number> {
    const { people } = await this.#end(datasource, {}, by);
    return people.length;
  }

  /** Returns what is stored about a person. */
  async export(user: string): Promise<PersonalData> {
    const datasources = await this.#connectedTo(user);
    return {
      user,
      connections: await this.list(user, datasources),
      catalogUid: (await this.#people.seen([user])).get(user)?.uid,
      mentions: await this.#references.count(user),
    };
  }

  /**
   * Ends all connections of a person, and replaces their ref elsewhere by a pseudonym. Not in one transaction: other
   * changes lock the same tables in another order. After a failure, it is repeated.
   */
  async erase(user: string): Promise<PersonalDataRemoval> {
    // First, so that none of them connects an account afterwards.
    await this.#references.removeAttempts(user);
    const { disconnected, ended } = await this.#endAllOf(user, trx =>
      this.#people.forget(user, trx),
    );
    const pseudonym = await this.#references.replace(user);
    const revoked = await this.#revocations.attempt(
      [...ended.values()].flatMap(({ revocations }) => revocations),
    );
    return { disconnected, revoked, pseudonym };
  }

  /**
   * Ends all connections of a person. Their tokens are revoked in the background.
   *
   * @returns how many there were
   */
  async endAll(user: string): Promise<number> {
    const { ended, disconnected } = await this.#endAllOf(user, trx =>
      this.#people.forgetUnwatched(user, trx),
    );
    for (const [datasource, each] of ended) {
      await this.#ended.tell(datasource, each, 'missing');
    }
    return disconnected;
  }

  async #endAllOf(user: string, forget: (trx: Knex) => Promise<void>) {
    const datasources = await this.#connectedTo(user);
    const ended = new Map<LoadedDatasource, Ended>();
    let tellEnded = async () => {};
    await this.#knex.transaction(async trx => {
      for (const datasource of datasources) {
        ended.set(
          datasource,
          await this.#ended.end(
            datasource,
            { subject: user },
            { reason: 'cleared', trx },
          ),
        );
      }
      tellEnded = await this.#delegations.erase(user, trx);
      await forget(trx);
    });
    await tellEnded();
    for (const { record } of datasources) {
      await this.#onChanged({ datasourceId: record.id, subject: user });
    }
    return { disconnected: datasources.length, ended };
  }

  /** Tells replicas that a person's connections were suspended or resumed. */
  async announce(user: string): Promise<void> {
    for (const { record } of await this.#connectedTo(user)) {
      await this.#onChanged({ datasourceId: record.id, subject: user });
    }
  }

  async #connectedTo(user: string): Promise<LoadedDatasource[]> {
    const rows = await this.#credentials.readOwn(user);
    const found = await Promise.all(
      rows
        .filter(row => row.state !== 'cleared')
        .map(row => this.#datasources.findById(row.key.datasourceId)),
    );
    return found.flatMap(datasource => datasource ?? []);
  }

  /** The timeline names who ended connections of others, and nobody else. */
  async #end(
    datasource: LoadedDatasource,
    who: PersonalFilter,
    by?: string,
  ): ReturnType<EndedCredentials['end']> {
    const { subject } = who;
    const change = { datasourceId: datasource.record.id, subject };
    let tellEnded = async () => {};
    const result = await this.#knex.transaction(async trx => {
      const reason = 'cleared';
      const ended = await this.#ended.end(datasource, who, { reason, by, trx });
      if (ended.people.length === 0) return ended;
      tellEnded = await this.#delegations.endAll(change, 'disconnected', trx);
      if (by !== undefined) {
        await this.#activity.record(
          datasource.record.id,
          {
            kind: 'disconnected',
            actor: by,
            details: { people: ended.people.length },
          },
          trx,
        );
      }
      return ended;
    });
    await this.#onChanged(change);
    await tellEnded();
    if (by !== undefined) {
      await this.#ended.tell(datasource, result, 'manager');
    }
    return result;
  }

  /** Returns what a person sees of each of these datasources. */
  async list(
    subject: string,
    datasources: LoadedDatasource[],
  ): Promise<Connection[]> {
    const [rows, delegations] = await Promise.all([
      this.#credentials.readOwn(subject),
      this.#delegations.list(subject, datasources),
    ]);
    const byDatasource = new Map(rows.map(row => [row.key.datasourceId, row]));
    return datasources.map(datasource => {
      const { id } = datasource.record;
      return {
        ...this.#connectionOf(datasource, byDatasource.get(id)),
        delegations: delegations.get(id),
      };
    });
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
      form: connectionFormOf(settings),
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
    const state = this.#isOver(datasource, row)
      ? 'reconnect'
      : stateOf(datasource, row, agreed);
    return {
      ...base,
      state: state === 'connected' && missing.length ? 'scope_missing' : state,
      missingScopes: missing.length ? missing : undefined,
      agreed: agreed && withoutDigest(agreed),
      account: row.account,
      scope: row.scope,
      connectedAt: row.stateChangedAt,
      ...(base.form && { expiresAt: row.expiresAt }),
      lastUsedAt: row.lastUsedAt,
    };
  }

  /** Returns whether the API no longer accepts a credential that nothing here can refresh, or the settings need another. */
  #isOver({ record }: LoadedDatasource, row: CredentialRow): boolean {
    const { settings } = record;
    if (isRenewable(settings, row)) return false;
    if (!isUnexpired(row, row.readAt)) return true;
    if (!isFromSettings(settings.auth)) return false;
    const entry = this.#readable(() => {
      const { sealed } = row;
      return sealed && this.#tokens.openRow(row, sealed).own;
    });
    return (
      row.lastError?.code === REJECTED_BY_API ||
      !coversEntry(settings, entry || undefined)
    );
  }

  #termsOf(row: CredentialRow): AgreedTerms | undefined {
    return this.#readable(() => this.#tokens.openTerms(row));
  }

  #readable<T>(open: () => T): T | undefined {
    try {
      return open();
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
  if (row.suspended) return 'suspended';
  return agreesToAll(agreed, settings) ? 'connected' : 'consent_outdated';
}

/** Providers name an account by its email address, or by the part before the @. */
function isSameAccount(account: string, email: string): boolean {
  const [known, said] = [email, account].map(text => text.trim().toLowerCase());
  return (
    said === known || (!said.includes('@') && said === known.split('@')[0])
  );
}
