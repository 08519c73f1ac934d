import { needsPerson } from '../settings/binding';
import {
  AllowedActions,
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
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceResource } from 'backstage-plugin-datasource-auth-node';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { widens } from '../settings/reach';
import { BareSettings } from '../settings/secrets';
import { AccessControl, Decide, notAllowed } from './AccessControl';
import { Caller } from './caller';

/** The caller whose rights decide. */
export interface AccessOptions {
  caller: Caller;
}

/**
 * Decides who may do what with a datasource, and loads it for those who may. A hidden one is not found.
 */
export class DatasourceRights {
  readonly #access: AccessControl;
  readonly #datasources: Datasources;

  constructor(options: { access: AccessControl; datasources: Datasources }) {
    this.#access = options.access;
    this.#datasources = options.datasources;
  }

  /** The datasource for obtaining or testing its credential; with other settings the right to change them, too. */
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
      // A wider credential could be saved under the settings as they are, its scopes being no part of what binds it; and
      // a test sends it to the API of the attempt, saved or not.
      if (widens(datasource.record.settings, settings)) {
        await this.assertMay(caller, datasourceGrantPermission, resource);
      }
    }
    return datasource;
  }

  /** The datasource, for asking somebody else to authorize it, and for what was asked: a power of those who change it. */
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

  /** Whether somebody could obtain a credential of it without being asked. */
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

  /** The datasource, for telling more of it to people who may see it, and to no plugin. */
  async forReading(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    if (caller.kind === 'plugin') throw notFound(name);
    return this.visible(name, caller);
  }

  /** The datasource, for reading something that belongs to it. */
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

  /** The datasource, for a caller who may see it, or for a plugin. */
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

  /** What a caller may do with each datasource. */
  async allowed(
    caller: Caller,
  ): Promise<(record: DatasourceRecord) => AllowedActions> {
    const decide = async (
      permission: Parameters<AccessControl['writes']>[1],
    ): Promise<Decide> =>
      (await this.#access.isWriter(caller, permission))
        ? this.#access.writes(caller, permission)
        : () => false;
    const [update, remove, authorize, clear] = await Promise.all([
      decide(datasourceUpdatePermission),
      decide(datasourceDeletePermission),
      decide(datasourceAuthorizePermission),
      decide(datasourceClearPermission),
    ]);
    return record => {
      const resource = resourceOf(record);
      const stored = record.source === 'database';
      return {
        update: stored && update(resource),
        delete: stored && remove(resource),
        authorize: authorize(resource),
        clear: clear(resource),
        ask: update(resource) && needsPerson(record.settings),
      };
    };
  }
}

/** What rules see of a datasource. */
export function resourceOf(record: DatasourceRecord): DatasourceResource {
  return { ...resourceOfSettings(record.settings), source: record.source };
}

/** What rules see of settings that are not stored yet. */
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

/** An attempt belongs to its datasource: its form can't carry the name of another one. */
function otherName(name: string): DatasourceAuthError {
  return new DatasourceAuthError(
    `The settings name another datasource than '${name}'. Send the name of the datasource that the attempt is for.`,
    {
      code: 'invalid_request',
      statusCode: 400,
      fields: { 'settings.name': `Enter '${name}'` },
    },
  );
}
