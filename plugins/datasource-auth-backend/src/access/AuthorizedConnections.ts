import {
  ConnectionDoubt,
  ConnectionEntry,
  ConnectionList,
  ConnectionRefusal,
  DatasourceAuthError,
  Disconnection,
  EnteredConnection,
  hasPersonalCredentials,
  message,
  PersonalData,
  PersonalDataRemoval,
} from 'backstage-plugin-datasource-auth-common';
import { Connections, notConnected } from '../connections/Connections';
import { Entered, EnteredConnections } from '../connections/EnteredConnections';
import { CredentialKey } from '../database/CredentialKey';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { ConnectionTest } from '../verification/ConnectionTest';
import { isRejected } from '../verification/isRejected';
import { Audit } from './Audit';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions, resourceOf } from './DatasourceRights';
import { EntryLimit } from './EntryLimit';

/** Datasources read at once. */
const PAGE = 200;

/** Shows people their own connections, and ends them. Nobody else's, whatever their permissions. */
export class AuthorizedConnections {
  readonly #audit: Audit;
  readonly #rights: ConnectionRights;
  readonly #connections: Connections;
  readonly #datasources: Datasources;
  readonly #datasourceStore: DatasourceStore;
  readonly #entered: EnteredConnections;
  readonly #limit = new EntryLimit();
  readonly #test: ConnectionTest;

  constructor(options: {
    audit: Audit;
    rights: ConnectionRights;
    connections: Connections;
    datasources: Datasources;
    store: DatasourceStore;
    entered: EnteredConnections;
    test: ConnectionTest;
  }) {
    this.#audit = options.audit;
    this.#rights = options.rights;
    this.#connections = options.connections;
    this.#datasources = options.datasources;
    this.#datasourceStore = options.store;
    this.#entered = options.entered;
    this.#test = options.test;
  }

  /** Returns the datasources that the caller may connect to, and those that they are connected to. */
  async list({ caller }: AccessOptions): Promise<ConnectionList> {
    const userRef = this.#rights.person({ caller });
    const uses = await this.#rights.uses({ caller });
    const found: LoadedDatasource[] = [];
    let after: Parameters<DatasourceStore['list']>[1]['after'];
    do {
      const { items, next } = await this.#datasourceStore.list(
        { isPersonal: true },
        { limit: PAGE, after },
      );
      for (const record of items) found.push(this.#datasources.load(record));
      after = next;
    } while (after);
    const personal = found.filter(({ record }) =>
      hasPersonalCredentials(record.settings),
    );
    const all = await this.#connections.list(userRef, personal);
    const usable = new Set(
      found
        .filter(({ record }) => uses(resourceOf(record)))
        .map(({ record }) => record.name),
    );
    return {
      refusal: await this.#refusal({ caller }),
      items: all.filter(
        ({ datasource, state }) =>
          usable.has(datasource) || state !== 'not_connected',
      ),
    };
  }

  async #refusal(
    options: AccessOptions,
  ): Promise<ConnectionRefusal | undefined> {
    try {
      await this.#rights.assertMayOwn(options);
      return undefined;
    } catch (error) {
      if (!(error instanceof DatasourceAuthError)) throw error;
      const { code, message: english, texts } = error;
      if (code !== 'shared_user' && code !== 'not_allowed') throw error;
      return { code, message: english, texts };
    }
  }

  /** Returns everything that is stored about the caller. */
  async export({ caller }: AccessOptions): Promise<PersonalData> {
    return this.#audit.run(
      { event: 'connection', action: 'export', caller },
      async () => this.#connections.export(this.#rights.individual({ caller })),
    );
  }

  /** Removes what is stored about the caller. The entries of a shared user are those of several people. */
  async erase({ caller }: AccessOptions): Promise<PersonalDataRemoval> {
    return this.#audit.run(
      { event: 'connection', action: 'erase', caller },
      async () => this.#connections.erase(this.#rights.individual({ caller })),
      ({ disconnected, revoked }) => ({ disconnected, revoked }),
    );
  }

  /**
   * Connects the caller's own account with what they entered, once the API doesn't reject it.
   *
   * @throws DatasourceAuthError `secret_rejected`, `too_many_attempts`, and those of `EnteredConnections.read`
   */
  async enter(
    name: string,
    entry: ConnectionEntry,
    { caller }: AccessOptions,
  ): Promise<EnteredConnection> {
    return this.#audit.run(
      {
        ...{ event: 'connection', action: 'connect', caller },
        datasource: name,
      },
      async () => {
        const datasource = await this.#rights.forConnectingBy('entry', name, {
          caller,
        });
        const key = new CredentialKey({
          datasourceId: datasource.record.id,
          subject: this.#rights.person({ caller }),
        });
        const entered = await this.#entered.read(datasource, key, entry);
        this.#limit.count(key);
        return this.#store(datasource, entered, entry.acknowledged ?? []);
      },
      ({ connected, verified }) => ({ connected, verified }),
    );
  }

  async #store(
    datasource: LoadedDatasource,
    entered: Entered,
    acknowledged: ConnectionDoubt[],
  ): Promise<EnteredConnection> {
    const { record, secrets } = datasource;
    const { settings } = record;
    const { payload, key } = entered;
    const result = await this.#test.run({ settings, secrets }, payload);
    if (isRejected(settings.auth, result)) {
      throw new DatasourceAuthError(message('error.secretRejected'), {
        code: 'secret_rejected',
        statusCode: 409,
      });
    }
    const verified = result.ok && result.status !== undefined;
    // A name that the API didn't accept proves nothing.
    const account =
      (verified && payload.own?.['auth.basic.username']) || undefined;
    const doubts = await this.#connections.doubtsAbout(key, account);
    const connected = doubts.every(doubt => acknowledged.includes(doubt));
    if (connected) {
      const verifiedAt = verified ? result.testedAt : undefined;
      await this.#entered.store(datasource, entered, { account, verifiedAt });
    }
    return { connected, verified, account, doubts };
  }

  /** People may always end their own connections, whatever else they may do now. */
  async disconnect(
    name: string,
    { caller }: AccessOptions,
  ): Promise<Disconnection> {
    return this.#audit.run(
      {
        ...{ event: 'connection', action: 'disconnect', caller },
        datasource: name,
      },
      async () => {
        const subject = this.#rights.person({ caller });
        const datasource = await this.#datasources.get(name).catch(() => {
          throw notConnected(name);
        });
        const key = new CredentialKey({
          datasourceId: datasource.record.id,
          subject,
        });
        return { revoked: await this.#connections.disconnect(datasource, key) };
      },
      ({ revoked }) => ({ revoked }),
    );
  }
}
