import {
  ConnectionList,
  ConnectionRefusal,
  DatasourceAuthError,
  Disconnection,
  hasPersonalCredentials,
  PersonalData,
  PersonalDataRemoval,
} from 'backstage-plugin-datasource-auth-common';
import { Connections, notConnected } from '../connections/Connections';
import { CredentialKey } from '../database/CredentialKey';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { Audit } from './Audit';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions, resourceOf } from './DatasourceRights';

/** Datasources read at once. */
const PAGE = 200;

/** Shows people their own connections, and ends them. Nobody else's, whatever their permissions. */
export class AuthorizedConnections {
  readonly #audit: Audit;
  readonly #rights: ConnectionRights;
  readonly #connections: Connections;
  readonly #datasources: Datasources;
  readonly #store: DatasourceStore;

  constructor(options: {
    audit: Audit;
    rights: ConnectionRights;
    connections: Connections;
    datasources: Datasources;
    store: DatasourceStore;
  }) {
    this.#audit = options.audit;
    this.#rights = options.rights;
    this.#connections = options.connections;
    this.#datasources = options.datasources;
    this.#store = options.store;
  }

  /** Returns the datasources that the caller may connect to, and those that they are connected to. */
  async list({ caller }: AccessOptions): Promise<ConnectionList> {
    const userRef = this.#rights.person({ caller });
    const uses = await this.#rights.uses({ caller });
    const found: LoadedDatasource[] = [];
    let after: Parameters<DatasourceStore['list']>[1]['after'];
    do {
      const { items, next } = await this.#store.list(
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
      const { code, message, texts } = error;
      if (code !== 'shared_user' && code !== 'not_allowed') throw error;
      return { code, message, texts };
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
