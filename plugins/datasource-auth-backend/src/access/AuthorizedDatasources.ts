import {
  Datasource,
  datasourceAuthorizePermission,
  datasourceClearPermission,
  datasourceCreatePermission,
  datasourceDeletePermission,
  datasourceGrantPermission,
  datasourceReadPermission,
  datasourceUpdatePermission,
} from 'backstage-plugin-datasource-auth-common';
import {
  DatasourceView,
  ListQuery,
  DatasourceViews,
} from '../reading/DatasourceViews';
import { LoadedDatasource, notFound } from '../datasources/Datasources';
import { DatasourceSave } from '../saving/DatasourceForm';
import { DatasourceRemoval } from '../saving/DatasourceRemoval';
import { DatasourceWriter } from '../saving/DatasourceWriter';
import { exportSettings } from '../settings/exportSettings';
import { widens } from '../settings/reach';
import { AccessControl } from './AccessControl';
import { Audit } from './Audit';
import { Caller, callerName } from './caller';
import {
  AccessOptions,
  DatasourceRights,
  resourceOf,
  resourceOfSettings,
} from './DatasourceRights';

/**
 * Authorizes operations on datasources. A hidden datasource is not found, lists omit it, and a change is
 * checked before and after it.
 */
export class AuthorizedDatasources {
  readonly #access: AccessControl;
  readonly #audit: Audit;
  readonly #rights: DatasourceRights;
  readonly #writer: DatasourceWriter;
  readonly #removal: DatasourceRemoval;
  readonly #views: DatasourceViews;

  constructor(options: {
    access: AccessControl;
    audit: Audit;
    rights: DatasourceRights;
    writer: DatasourceWriter;
    removal: DatasourceRemoval;
    views: DatasourceViews;
  }) {
    this.#access = options.access;
    this.#audit = options.audit;
    this.#rights = options.rights;
    this.#writer = options.writer;
    this.#removal = options.removal;
    this.#views = options.views;
  }

  /** Plugins see name, title and status of the datasources that allow them. */
  async list(query: ListQuery, { caller }: AccessOptions) {
    if (caller.kind === 'plugin') {
      return this.#views.listConsumable(query, caller.plugin);
    }
    const reads = await this.#access.reads(caller, datasourceReadPermission);
    const allowed = await this.#rights.allowed(caller);
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
    const datasource = await this.#rights.visible(name, caller);
    return caller.kind === 'plugin'
      ? this.#views.consumable(datasource, caller.plugin)
      : this.#view(datasource, caller);
  }

  /** Returns settings as YAML, without secrets. */
  async export(name: string, { caller }: AccessOptions): Promise<string> {
    const { record } = await this.#rights.visible(name, caller);
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
      await this.#rights.assertMay(
        caller,
        datasourceAuthorizePermission,
        target,
      );
    }
    if (widens(undefined, save.settings)) {
      await this.#rights.assertMay(caller, datasourceGrantPermission, target);
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
    const datasource = await this.#rights.visible(name, caller);
    const before = resourceOf(datasource.record);
    const after = resourceOfSettings(save.settings);
    await this.#rights.assertMay(
      caller,
      datasourceUpdatePermission,
      before,
      after,
    );
    if (save.credential.action === 'replace') {
      await this.#rights.assertMay(
        caller,
        datasourceAuthorizePermission,
        before,
      );
    }
    if (save.credential.action === 'clear') {
      await this.#rights.assertMay(caller, datasourceClearPermission, before);
    }
    if (widens(datasource.record.settings, save.settings)) {
      await this.#rights.assertMay(
        caller,
        datasourceGrantPermission,
        before,
        after,
      );
    }
    const { authorize } = (await this.#rights.allowed(caller))(
      datasource.record,
    );
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
    const datasource = await this.#rights.visible(name, caller);
    await this.#rights.assertMay(
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
    const datasource = await this.#rights.visible(name, caller);
    await this.#rights.assertMay(
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

  async #view(
    datasource: LoadedDatasource,
    caller: Caller,
  ): Promise<Datasource> {
    const allowed = await this.#rights.allowed(caller);
    return this.#views.full(datasource, allowed(datasource.record));
  }
}
