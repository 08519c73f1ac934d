import { needsPerson } from '../settings/binding';
import {
  AllowedActions,
  connectionManagePermission,
  DatasourceSettings,
  datasourceAuthorizePermission,
  datasourceClearPermission,
  datasourceCreatePermission,
  datasourceDeletePermission,
  datasourceGrantPermission,
  datasourceReadPermission,
  datasourceUpdatePermission,
  activityReadPermission,
  DatasourceAuthError,
  namesInstalledProof,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceResource } from 'backstage-plugin-datasource-auth-node';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { nameTaken } from '../datasources/DatasourceStore';
import { widens } from '../settings/reach';
import { BareSettings } from '../settings/secrets';
import { AccessControl, Decide, notAllowed } from './AccessControl';
import { Caller } from './caller';

/** The caller whose permissions decide. */
export interface AccessOptions {
  caller: Caller;
}

/** Decides who may do what with a datasource, and loads it. A hidden one is not found. */
export class DatasourceRights {
  readonly #access: AccessControl;
  readonly #datasources: Datasources;

  constructor(options: { access: AccessControl; datasources: Datasources }) {
    this.#access = options.access;
    this.#datasources = options.datasources;
  }

  /**
   * Loads the datasource to get or test its credential; with other settings, requires permission to change
   * them too.
   */
  async forAuthorizing(
    name: string | undefined,
    settings: DatasourceSettings | undefined,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource | undefined> {
    if (name !== undefined && settings && settings.name !== name) {
      throw otherName(name);
    }
    if (name === undefined) {
      await this.#access.assertMayCreate(caller, datasourceCreatePermission);
      if (settings) {
        await this.assertMay(
          caller,
          datasourceAuthorizePermission,
          resourceOfSettings(settings),
        );
        await this.#assertOwnProof(settings);
      }
      return undefined;
    }
    const datasource = await this.visible(name, caller);
    const resource = resourceOf(datasource.record);
    await this.assertMay(caller, datasourceAuthorizePermission, resource);
    if (settings) {
      await this.assertMay(
        caller,
        datasourceUpdatePermission,
        resource,
        resourceOfSettings(settings),
      );
      // A credential with more scopes could be saved under unchanged settings, because scopes aren't part of
      // the binding. A test sends it to the API of the attempt, saved or not.
      if (widens(datasource.record.settings, settings)) {
        await this.assertMay(caller, datasourceGrantPermission, resource);
      }
    }
    return datasource;
  }

  /**
   * Files and signers are for datasources by name, so an attempt for a new datasource must not use the name of one that
   * others may change.
   */
  async #assertOwnProof(settings: DatasourceSettings): Promise<void> {
    const { name } = settings;
    if (!namesInstalledProof(settings)) return;
    if (await this.#datasources.exists(name)) throw nameTaken(name);
  }

  /**
   * Loads the datasource to ask someone else to approve, and to read such requests. Requires permission to
   * change it.
   */
  async forAsking(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.visible(name, caller);
    await this.assertMay(
      caller,
      datasourceUpdatePermission,
      resourceOf(datasource.record),
    );
    return datasource;
  }

  /** Whether a caller could get a credential without an approval request. */
  async mayAuthorize(
    { record }: LoadedDatasource,
    { caller }: AccessOptions,
  ): Promise<boolean> {
    if (!(await this.#access.isWriter(caller, datasourceAuthorizePermission))) {
      return false;
    }
    const decide = await this.#access.writes(
      caller,
      datasourceAuthorizePermission,
    );
    return decide(resourceOf(record));
  }

  /** Loads the datasource for details shown to users who may see it, not to plugins. */
  async forReading(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    if (caller.kind === 'plugin') throw notFound(name);
    return this.visible(name, caller);
  }

  /** Loads the datasource to read something that belongs to it. */
  async forActivity(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.visible(name, caller);
    const reads = await this.#access.reads(caller, activityReadPermission);
    if (!reads(resourceOf(datasource.record))) {
      throw notAllowed(activityReadPermission.name);
    }
    return datasource;
  }

  /** Loads the datasource to list or end the connections of people. */
  async forConnections(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.forReading(name, { caller });
    await this.assertMay(
      caller,
      connectionManagePermission,
      resourceOf(datasource.record),
    );
    return datasource;
  }

  /** Loads the datasource for a caller who may see it, or for a plugin. */
  async visible(name: string, caller: Caller): Promise<LoadedDatasource> {
    const datasource = await this.#datasources.get(name);
    if (caller.kind !== 'plugin') await this.#assertVisible(datasource, caller);
    return datasource;
  }

  async #assertVisible(datasource: LoadedDatasource, caller: Caller) {
    const reads = await this.#access.reads(caller, datasourceReadPermission);
    if (!reads(resourceOf(datasource.record))) {
      throw notFound(datasource.record.name);
    }
  }

  /** @throws DatasourceAuthError `not_allowed` unless the caller may do this with each resource */
  async assertMay(
    caller: Caller,
    permission: Parameters<AccessControl['writes']>[1],
    ...resources: DatasourceResource[]
  ): Promise<void> {
    const decide = await this.#access.writes(caller, permission);
    if (!resources.every(decide)) throw notAllowed(permission.name);
  }

  /** Returns what a caller may do with each datasource. */
  async allowed(
    caller: Caller,
  ): Promise<(record: DatasourceRecord) => AllowedActions> {
    const decide = async (
      permission: Parameters<AccessControl['writes']>[1],
    ): Promise<Decide> =>
      (await this.#access.isWriter(caller, permission))
        ? this.#access.writes(caller, permission)
        : () => false;
    const [update, grant, remove, authorize, clear, connections] =
      await Promise.all([
        decide(datasourceUpdatePermission),
        decide(datasourceGrantPermission),
        decide(datasourceDeletePermission),
        decide(datasourceAuthorizePermission),
        decide(datasourceClearPermission),
        decide(connectionManagePermission),
      ]);
    return record => {
      const resource = resourceOf(record);
      const stored = record.source === 'database';
      return {
        update: stored && update(resource),
        grant: stored && update(resource) && grant(resource),
        delete: stored && remove(resource),
        authorize: authorize(resource),
        clear: clear(resource),
        ask: update(resource) && needsPerson(record.settings),
        connections: connections(resource),
      };
    };
  }
}

/** Returns what rules see of a datasource. */
export function resourceOf(record: DatasourceRecord): DatasourceResource {
  return { ...resourceOfSettings(record.settings), source: record.source };
}

/** Returns what rules see of settings that aren't stored yet. */
export function resourceOfSettings(
  settings: BareSettings | DatasourceSettings,
): DatasourceResource {
  return {
    name: settings.name,
    owner: settings.owner,
    tags: settings.tags ?? [],
    source: 'database',
  };
}

/** An attempt belongs to its datasource: its form can't have the name of another one. */
function otherName(name: string): DatasourceAuthError {
  return new DatasourceAuthError(message('error.otherDatasource', { name }), {
    code: 'invalid_request',
    statusCode: 400,
    fieldTexts: { 'settings.name': [message('fault.nameOther', { name })] },
  });
}
