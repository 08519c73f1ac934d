import {
  ConnectedPeople,
  Disconnection,
  Disconnections,
} from 'backstage-plugin-datasource-auth-common';
import { Connections, notConnected } from '../connections/Connections';
import { CredentialStore } from '../credentials/CredentialStore';
import { canonicalUser, CredentialKey } from '../database/CredentialKey';
import { Audit } from './Audit';
import { callerName } from './caller';
import { AccessOptions, DatasourceRights } from './DatasourceRights';

/**
 * Shows managers who is connected to a datasource, and ends connections. Never an account, a scope, the terms or a
 * token.
 */
export class AuthorizedPeople {
  readonly #audit: Audit;
  readonly #rights: DatasourceRights;
  readonly #connections: Connections;
  readonly #credentials: CredentialStore;

  constructor(options: {
    audit: Audit;
    rights: DatasourceRights;
    connections: Connections;
    credentials: CredentialStore;
  }) {
    this.#audit = options.audit;
    this.#rights = options.rights;
    this.#connections = options.connections;
    this.#credentials = options.credentials;
  }

  async list(
    name: string,
    page: { limit: number; after?: string },
    { caller }: AccessOptions,
  ): Promise<ConnectedPeople> {
    const { record } = await this.#rights.forConnections(name, { caller });
    const rows = await this.#credentials.listPersonal(record.id, page);
    return {
      items: rows.map(({ key, stateChangedAt, lastUsedAt }) => ({
        user: key.subject,
        connectedAt: stateChangedAt,
        lastUsedAt,
      })),
      nextAfter:
        rows.length >= page.limit ? rows.at(-1)!.key.subject : undefined,
      totalItems: await this.#credentials.countPersonal(record.id),
    };
  }

  /** Ends one person's connection. */
  async disconnect(
    name: string,
    user: string,
    { caller }: AccessOptions,
  ): Promise<Disconnection> {
    const subject = canonicalUser(user);
    return this.#audit.run(
      {
        ...{ event: 'connection', action: 'disconnect-other', caller },
        datasource: name,
        details: { user: subject ?? 'invalid' },
      },
      async () => {
        const datasource = await this.#rights.forConnections(name, { caller });
        if (!subject) throw notConnected(name);
        const { id: datasourceId } = datasource.record;
        const revoked = await this.#connections.disconnect(
          datasource,
          new CredentialKey({ datasourceId, subject }),
          callerName(caller),
        );
        return { revoked };
      },
      ({ revoked }) => ({ revoked }),
    );
  }

  /** Ends everyone's connection. */
  async disconnectAll(
    name: string,
    { caller }: AccessOptions,
  ): Promise<Disconnections> {
    return this.#audit.run(
      {
        ...{ event: 'connection', action: 'disconnect-all', caller },
        datasource: name,
      },
      async () => {
        const datasource = await this.#rights.forConnections(name, { caller });
        const disconnected = await this.#connections.disconnectAll(
          datasource,
          callerName(caller),
        );
        return { disconnected };
      },
      ({ disconnected }) => ({ disconnected }),
    );
  }
}
