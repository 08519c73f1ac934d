import {
  connectionOwnPermission,
  DatasourceAuthError,
  datasourceReadPermission,
  datasourceUsePermission,
  hasPersonalCredentials,
  message,
  personalSecrets,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { AccessControl, Decide, notAllowed } from './AccessControl';
import { AccessOptions, resourceOf } from './DatasourceRights';

/**
 * Who may connect an account, and to what: people in person, to datasources that they may use. Never a plugin on their
 * behalf, an external token, or a user that several people share.
 */
export class ConnectionRights {
  readonly #access: AccessControl;
  readonly #datasources: Datasources;
  readonly #sharedUsers: ReadonlySet<string>;

  constructor(options: {
    access: AccessControl;
    datasources: Datasources;
    /** Canonical entity refs. */
    sharedUsers: readonly string[];
  }) {
    this.#access = options.access;
    this.#datasources = options.datasources;
    this.#sharedUsers = new Set(options.sharedUsers);
  }

  /**
   * Returns the user who calls in person.
   *
   * @throws DatasourceAuthError `person_only`
   */
  person({ caller }: AccessOptions): string {
    if (caller.kind === 'user' && !caller.plugin) return caller.userRef;
    throw new DatasourceAuthError(message('error.personOnly'), {
      code: 'person_only',
      statusCode: 403,
    });
  }

  /**
   * Returns the user who calls in person, unless several people share it.
   *
   * @throws DatasourceAuthError `person_only`, `shared_user`
   */
  individual({ caller }: AccessOptions): string {
    const userRef = this.person({ caller });
    this.#assertNotShared(userRef);
    return userRef;
  }

  #assertNotShared(userRef: string): void {
    if (this.#sharedUsers.has(userRef)) {
      throw new DatasourceAuthError(
        message('error.sharedUser', { user: userRef }),
        { code: 'shared_user', statusCode: 403 },
      );
    }
  }

  /** @throws DatasourceAuthError `person_only`, `shared_user`, `not_allowed` */
  async assertMayOwn({ caller }: AccessOptions): Promise<void> {
    await this.assertMayAct(this.person({ caller }), { caller });
  }

  /**
   * Checks that an account of this user may be used, by themselves or by a plugin on their behalf.
   *
   * @throws DatasourceAuthError `shared_user`, `not_allowed`
   */
  async assertMayAct(
    userRef: string,
    { caller }: AccessOptions,
  ): Promise<void> {
    this.#assertNotShared(userRef);
    await this.#access.assertPermitted(caller, connectionOwnPermission);
  }

  /**
   * Loads a datasource to connect the caller's account to it.
   *
   * @throws DatasourceAuthError `person_only`, `shared_user`, `not_allowed`, `not_found`, `invalid_request`
   */
  async forConnecting(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    await this.assertMayOwn({ caller });
    const datasource = await this.#datasources.get(name);
    const resource = resourceOf(datasource.record);
    const uses = await this.#access.reads(caller, datasourceUsePermission);
    if (!uses(resource)) {
      const reads = await this.#access.reads(caller, datasourceReadPermission);
      throw reads(resource)
        ? notAllowed(datasourceUsePermission.name)
        : notFound(name);
    }
    if (!hasPersonalCredentials(datasource.record.settings)) {
      throw new DatasourceAuthError(message('error.noConnections', { name }), {
        code: 'invalid_request',
        statusCode: 400,
      });
    }
    return datasource;
  }

  /**
   * Loads a datasource to which people connect in this way.
   *
   * @throws DatasourceAuthError as {@link ConnectionRights.forConnecting}
   */
  async forConnectingBy(
    way: 'approval' | 'entry',
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.forConnecting(name, { caller });
    const isEntered = personalSecrets(datasource.record.settings).length > 0;
    if (isEntered === (way === 'entry')) return datasource;
    throw new DatasourceAuthError(
      message(
        isEntered ? 'error.connectionEntered' : 'error.connectionApproved',
        {
          name,
        },
      ),
      { code: 'invalid_request', statusCode: 400 },
    );
  }

  /**
   * Checks at each step of an attempt that its user could start it now, and loads its datasource.
   *
   * @throws DatasourceAuthError as {@link ConnectionRights.forConnecting}
   */
  async forAttempt(
    { subject, datasourceId, settings }: AuthorizationRow,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const { name } = settings;
    if (this.person({ caller }) !== subject) throw notFound(name);
    const datasource = await this.forConnectingBy('approval', name, {
      caller,
    });
    // Its name can belong to another datasource by now.
    if (datasource.record.id !== datasourceId) throw notFound(name);
    return datasource;
  }

  /** Decides to which datasources the caller may connect. */
  async uses({ caller }: AccessOptions): Promise<Decide> {
    return this.#access.reads(caller, datasourceUsePermission);
  }
}
