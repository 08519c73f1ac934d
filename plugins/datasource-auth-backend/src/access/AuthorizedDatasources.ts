import {
  AllowedActions,
  Datasource,
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
  DatasourceView,
  ListQuery,
  DatasourceViews,
} from '../reading/DatasourceViews';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceSave } from '../saving/DatasourceForm';
import { DatasourceRemoval } from '../saving/DatasourceRemoval';
import { DatasourceWriter } from '../saving/DatasourceWriter';
import { exportSettings } from '../settings/exportSettings';
import { widens } from '../settings/reach';
import { BareSettings } from '../settings/secrets';
import { AccessControl, Decide, notAllowed } from './AccessControl';
import { Audit } from './Audit';
import { Caller, callerName } from './caller';

/** Who asks. */
export interface AccessOptions {
  caller: Caller;
}

/**
 * Authorization around datasources: a hidden thing is not found, a list just shorter, and a change is checked on the
 * object as it is and as it will be.
 */
export class AuthorizedDatasources {
  readonly #access: AccessControl;
  readonly #audit: Audit;
  readonly #datasources: Datasources;
  readonly #writer: DatasourceWriter;
  readonly #removal: DatasourceRemoval;
  readonly #views: DatasourceViews;

  constructor(options: {
    access: AccessControl;
    audit: Audit;
    datasources: Datasources;
    writer: DatasourceWriter;
    removal: DatasourceRemoval;
    views: DatasourceViews;
  }) {
    this.#access = options.access;
    this.#audit = options.audit;
    this.#datasources = options.datasources;
    this.#writer = options.writer;
    this.#removal = options.removal;
    this.#views = options.views;
  }

  /** A plugin sees name, title and status of what it may consume. */
  async list(query: ListQuery, { caller }: AccessOptions) {
    if (caller.kind === 'plugin') {
      return this.#views.listConsumable(query, caller.plugin);
    }
    const reads = await this.#access.reads(caller, datasourceReadPermission);
    const allowed = await this.#allowed(caller);
    const mayCreate = await this.#access.isWriter(
      caller,
      datasourceCreatePermission,
    );
    return this.#views.list(query, {
      condition: reads.condition,
      visible: record => reads(resourceOf(record)),
      allowed,
      mayCreate,
    });
  }

  async get(name: string, { caller }: AccessOptions): Promise<DatasourceView> {
    const datasource = await this.#datasources.get(name);
    if (caller.kind === 'plugin') {
      return this.#views.consumable(datasource, caller.plugin);
    }
    await this.#assertVisible(datasource, caller);
    return this.#view(datasource, caller);
  }

  /** Settings as YAML, without secrets. */
  async export(name: string, { caller }: AccessOptions): Promise<string> {
    const { record } = await this.#visible(name, caller);
    if (caller.kind === 'plugin') throw notFound(name);
    return exportSettings(record.settings, record.secretInfos);
  }

  async create(
    save: Omit<DatasourceSave, 'by'>,
    { caller }: AccessOptions,
  ): Promise<Datasource> {
    return this.#audit.run(
      {
        ...{ event: 'datasource-mutate', action: 'create', caller },
        datasource: save.settings.name,
        details: { credential: save.credential.action },
      },
      () => this.#create(save, caller),
    );
  }

  async update(
    name: string,
    version: number,
    save: Omit<DatasourceSave, 'by'>,
    { caller }: AccessOptions,
  ): Promise<Datasource> {
    return this.#audit.run(
      {
        ...{ event: 'datasource-mutate', action: 'update', caller },
        datasource: name,
        details: { credential: save.credential.action },
      },
      () => this.#update(name, version, save, caller),
    );
  }

  async delete(
    name: string,
    options: { force: boolean; revoke: boolean },
    { caller }: AccessOptions,
  ): Promise<void> {
    return this.#audit.run(
      {
        ...{ event: 'datasource-mutate', action: 'delete', caller },
        datasource: name,
        details: { ...options },
      },
      () => this.#delete(name, options, caller),
    );
  }

  async clear(
    name: string,
    options: { revoke: boolean },
    { caller }: AccessOptions,
  ): Promise<Datasource> {
    return this.#audit.run(
      {
        ...{ event: 'credential-mutate', action: 'clear', caller },
        datasource: name,
        details: { ...options },
      },
      () => this.#clear(name, options, caller),
    );
  }

  async #create(
    save: Omit<DatasourceSave, 'by'>,
    caller: Caller,
  ): Promise<Datasource> {
    await this.#access.assertMayCreate(caller, datasourceCreatePermission);
    const target = resourceOfSettings(save.settings);
    if (save.credential.action === 'replace') {
      await this.#assertMay(caller, datasourceAuthorizePermission, target);
    }
    if (widens(undefined, save.settings)) {
      await this.#assertMay(caller, datasourceGrantPermission, target);
    }
    const created = await this.#writer.create({
      ...save,
      by: callerName(caller),
    });
    return this.#view(created, caller);
  }

  async #update(
    name: string,
    version: number,
    save: Omit<DatasourceSave, 'by'>,
    caller: Caller,
  ): Promise<Datasource> {
    const datasource = await this.#visible(name, caller);
    const before = resourceOf(datasource.record);
    const after = resourceOfSettings(save.settings);
    await this.#assertMay(caller, datasourceUpdatePermission, before, after);
    if (save.credential.action === 'replace') {
      await this.#assertMay(caller, datasourceAuthorizePermission, before);
    }
    if (save.credential.action === 'clear') {
      await this.#assertMay(caller, datasourceClearPermission, before);
    }
    if (widens(datasource.record.settings, save.settings)) {
      await this.#assertMay(caller, datasourceGrantPermission, before, after);
    }
    const { authorize } = (await this.#allowed(caller))(datasource.record);
    const updated = await this.#writer.update(datasource, version, {
      ...save,
      by: callerName(caller),
      mayAuthorize: authorize,
    });
    return this.#view(updated, caller);
  }

  async #delete(
    name: string,
    options: { force: boolean; revoke: boolean },
    caller: Caller,
  ): Promise<void> {
    const datasource = await this.#visible(name, caller);
    await this.#assertMay(
      caller,
      datasourceDeletePermission,
      resourceOf(datasource.record),
    );
    await this.#removal.delete(datasource, {
      ...options,
      by: callerName(caller),
    });
  }

  async #clear(
    name: string,
    options: { revoke: boolean },
    caller: Caller,
  ): Promise<Datasource> {
    const datasource = await this.#visible(name, caller);
    await this.#assertMay(
      caller,
      datasourceClearPermission,
      resourceOf(datasource.record),
    );
    const cleared = await this.#writer.clear(datasource, {
      ...options,
      by: callerName(caller),
    });
    return this.#view(cleared, caller);
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
        await this.#assertMay(
          caller,
          datasourceAuthorizePermission,
          resourceOfSettings(settings),
        );
      }
      return undefined;
    }
    const datasource = await this.#visible(name, caller);
    const resource = resourceOf(datasource.record);
    await this.#assertMay(caller, datasourceAuthorizePermission, resource);
    if (settings) {
      await this.#assertMay(
        caller,
        datasourceUpdatePermission,
        resource,
        resourceOfSettings(settings),
      );
      // A wider credential could be saved under the settings as they are, its scopes being no part of what binds it; and
      // a test sends it to the API of the attempt, saved or not.
      if (widens(datasource.record.settings, settings)) {
        await this.#assertMay(caller, datasourceGrantPermission, resource);
      }
    }
    return datasource;
  }

  /** The datasource, for asking somebody else to authorize it, and for what was asked: a power of those who change it. */
  async forAsking(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.#visible(name, caller);
    await this.#assertMay(
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
    return this.#visible(name, caller);
  }

  /** The datasource, for reading something that belongs to it. */
  async forActivity(
    name: string,
    { caller }: AccessOptions,
  ): Promise<LoadedDatasource> {
    const datasource = await this.#visible(name, caller);
    const reads = await this.#access.reads(caller, activityReadPermission);
    if (!reads(resourceOf(datasource.record))) {
      throw notAllowed(activityReadPermission.name);
    }
    return datasource;
  }

  async #visible(name: string, caller: Caller): Promise<LoadedDatasource> {
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

  async #assertMay(
    caller: Caller,
    permission: Parameters<AccessControl['writes']>[1],
    ...resources: DatasourceResource[]
  ): Promise<void> {
    const decide = await this.#access.writes(caller, permission);
    if (!resources.every(decide)) throw notAllowed(permission.name);
  }

  async #view(
    datasource: LoadedDatasource,
    caller: Caller,
  ): Promise<Datasource> {
    const allowed = await this.#allowed(caller);
    return this.#views.full(datasource, allowed(datasource.record));
  }

  async #allowed(
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
        ask:
          update(resource) &&
          record.settings.auth.grantType === 'authorization_code',
      };
    };
  }
}

/** What rules see of a datasource. */
export function resourceOf(record: DatasourceRecord): DatasourceResource {
  return { ...resourceOfSettings(record.settings), source: record.source };
}

function resourceOfSettings(
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
