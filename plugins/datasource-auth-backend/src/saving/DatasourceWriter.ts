import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  CredentialAction,
  DatasourceAuthError,
  DatasourceSettings,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { impactOf } from '../activity/consumers';
import { UsageRecorder } from '../activity/UsageRecorder';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { draftSecrets } from '../authorizations/draftSecrets';
import { CredentialKey } from '../credentials/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { Revocation } from '../credentials/Revocation';
import { Sealer } from '../sealing/Sealer';
import { bindingOf } from '../settings/binding';
import { changesBetween } from '../settings/changesBetween';
import { CredentialWriter } from './CredentialWriter';
import {
  datasourcePlace,
  Datasources,
  LoadedDatasource,
} from '../datasources/Datasources';
import {
  DatasourceContent,
  DatasourceStore,
} from '../datasources/DatasourceStore';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { MergedWrite, mergeWrite } from '../settings/mergeWrite';
import { SecretInfos, serializeSecrets } from '../settings/secrets';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { attentionRank, missingParameters } from '../settings/status';

/** What is saved: settings, what happens to the credential, and where secrets that are left out come from. */
export interface DatasourceSave {
  settings: DatasourceSettings;
  credential: CredentialAction;
  /** An attempt of the same user whose sealed form holds the secrets. */
  authorizationId?: string;
  /** User entity ref or external subject. */
  by: string;
  /** Whether they may have a credential requested, too. */
  mayAuthorize?: boolean;
}

/** How long a delete after recent use has to be forced. Milliseconds. */
const IN_USE_WITHIN = 24 * 60 * 60_000;

/**
 * Saves datasources: settings, credential and activity in one transaction, with no network inside.
 */
export class DatasourceWriter {
  readonly #knex: Knex;
  readonly #store: DatasourceStore;
  readonly #datasources: Datasources;
  readonly #declared: DeclaredDatasources;
  readonly #credentials: CredentialStore;
  readonly #credentialWriter: CredentialWriter;
  readonly #authorizations: AuthorizationStore;
  readonly #authorizationSecrets: AuthorizationSecrets;
  readonly #activity: ActivityStore;
  readonly #usage: UsageRecorder;
  readonly #sealer: Sealer;
  readonly #revocation: Revocation;
  readonly #policy: SettingsPolicy;
  readonly #onChanged: (datasourceId: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    store: DatasourceStore;
    datasources: Datasources;
    declared: DeclaredDatasources;
    credentials: CredentialStore;
    credentialWriter: CredentialWriter;
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    activity: ActivityStore;
    usage: UsageRecorder;
    sealer: Sealer;
    revocation: Revocation;
    policy: SettingsPolicy;
    /** Called after a datasource or its credential changed. */
    onChanged: (datasourceId: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#datasources = options.datasources;
    this.#declared = options.declared;
    this.#credentials = options.credentials;
    this.#credentialWriter = options.credentialWriter;
    this.#authorizations = options.authorizations;
    this.#authorizationSecrets = options.authorizationSecrets;
    this.#activity = options.activity;
    this.#usage = options.usage;
    this.#sealer = options.sealer;
    this.#revocation = options.revocation;
    this.#policy = options.policy;
    this.#onChanged = options.onChanged;
  }

  /** @throws DatasourceAuthError `name_taken`, `secrets_required`, `credential_out_of_date` */
  async create(save: DatasourceSave): Promise<LoadedDatasource> {
    const { name } = save.settings;
    if (this.#declared.has(name)) {
      throw new DatasourceAuthError(
        `The name '${name}' belongs to a datasource declared in app-config. Choose another name.`,
        {
          code: 'name_taken',
          statusCode: 409,
          fields: { name: 'This name is declared in app-config' },
        },
      );
    }
    const id = randomUUID();
    const merged = await this.#merge(save);
    const content = this.#content(id, merged, {}, save.by);
    await this.#knex.transaction(async trx => {
      await this.#store.insert(
        { id, name, source: 'database', by: save.by, ...content },
        trx,
      );
      if (save.credential.action === 'replace') {
        await this.#credentialWriter.replace(
          { id, ...content },
          save.credential.authorizationId,
          { by: save.by, trx, isNew: true },
        );
      }
      await this.#activity.record(
        id,
        { kind: 'created', actor: save.by, details: { name } },
        trx,
      );
    });
    return this.#reload(id);
  }

  /** @throws DatasourceAuthError `version_conflict`, `declared_read_only`, `secrets_required`, `credential_out_of_date` */
  async update(
    datasource: LoadedDatasource,
    version: number,
    save: DatasourceSave,
  ): Promise<LoadedDatasource> {
    const { record } = datasource;
    this.#assertStored(datasource);
    if (save.settings.name !== record.name) {
      throw new DatasourceAuthError(
        `The name of datasource '${record.name}' cannot be changed: plugins refer to it.`,
        {
          code: 'invalid_request',
          statusCode: 400,
          fields: { name: 'The name cannot be changed' },
        },
      );
    }
    if (record.version !== version) throw versionConflict(record);
    const merged = await this.#merge(save, datasource);
    const content = this.#content(
      record.id,
      merged,
      record.secretInfos,
      save.by,
    );
    const action = save.credential;
    const revoke = 'revoke' in action && action.revoke;
    await this.#revocation.around(datasource, Boolean(revoke), () =>
      this.#knex.transaction(async trx => {
        const updated = await this.#store.update(
          record.id,
          version,
          // How it stands is looked at after the save: what did not change is no news.
          {
            ...content,
            attention: record.attention,
            name: record.name,
            by: save.by,
          },
          trx,
        );
        if (!updated) throw versionConflict(record);
        await this.#credentialWriter.apply(
          { id: record.id, ...content },
          action,
          { by: save.by, trx, mayAuthorize: save.mayAuthorize ?? false },
        );
        await this.#activity.record(
          record.id,
          {
            kind: 'updated',
            actor: save.by,
            details: { changes: changesBetween(record, content) },
          },
          trx,
        );
      }),
    );
    return this.#reload(record.id);
  }

  /** @throws DatasourceAuthError `in_use`, `declared_read_only` */
  async delete(
    datasource: LoadedDatasource,
    options: { force: boolean; revoke: boolean; by: string },
  ): Promise<void> {
    const { record } = datasource;
    this.#assertStored(datasource);
    if (!options.force) {
      const credential = await this.#credentials.read(
        CredentialKey.service(record.id),
      );
      const lastUsed = credential?.lastUsedAt;
      if (lastUsed && credential.readAt - lastUsed < IN_USE_WITHIN) {
        const { consumers } = impactOf(
          await this.#usage.list(record.id),
          Date.now(),
        );
        throw new DatasourceAuthError(
          `Datasource '${record.name}' is in use: ${
            consumers.length ? listed(consumers) : 'a plugin'
          } took tokens of it within the last 24 hours. Delete it with force if that is what you want.`,
          { code: 'in_use', statusCode: 409 },
        );
      }
    }
    await this.#revocation.around(datasource, options.revoke, () =>
      this.#knex.transaction(async trx => {
        await this.#store.delete(record.id, trx);
        await this.#activity.record(
          record.id,
          {
            kind: 'deleted',
            actor: options.by,
            details: { name: record.name },
          },
          trx,
        );
      }),
    );
    await this.#onChanged(record.id);
  }

  /** Clears the credential now, outside the editor. Settings stay. */
  async clear(
    datasource: LoadedDatasource,
    options: { revoke: boolean; by: string },
  ): Promise<LoadedDatasource> {
    const { record } = datasource;
    await this.#revocation.around(datasource, options.revoke, () =>
      this.#knex.transaction(trx =>
        this.#credentialWriter.clear(record, { by: options.by, trx }),
      ),
    );
    return this.#reload(record.id);
  }

  async #merge(
    save: DatasourceSave,
    saved?: LoadedDatasource,
  ): Promise<MergedWrite> {
    const draft = await draftSecrets(
      save.authorizationId,
      { by: save.by, datasourceId: saved?.record.id },
      { store: this.#authorizations, secrets: this.#authorizationSecrets },
    );
    const merged = mergeWrite(
      save.settings,
      [
        draft,
        saved && { settings: saved.record.settings, secrets: saved.secrets },
      ].filter(source => source !== undefined),
    );
    this.#policy.assertAllowed(merged.settings);
    return merged;
  }

  #content(
    id: string,
    merged: MergedWrite,
    previous: SecretInfos,
    by: string,
  ): DatasourceContent {
    const { settings, secrets, written } = merged;
    const binding = bindingOf(settings);
    const now = Date.now();
    return {
      settings,
      sealed:
        secrets.size === 0
          ? undefined
          : this.#sealer.seal(
              serializeSecrets(secrets),
              datasourcePlace(id, binding),
            ),
      secretInfos: Object.fromEntries(
        [...secrets.keys()].map(path => [
          path,
          written.has(path) || !previous[path]
            ? { updatedAt: now, updatedBy: by }
            : previous[path],
        ]),
      ),
      binding,
      attention: attentionRank(
        missingParameters(settings, new Set(secrets.keys())).length > 0
          ? 'NOT_CONFIGURED'
          : 'NOT_AUTHORIZED',
      ),
    };
  }

  #assertStored(datasource: LoadedDatasource) {
    if (datasource.record.source === 'config') {
      throw new DatasourceAuthError(
        `Datasource '${datasource.record.name}' is declared in app-config. Change it there.`,
        { code: 'declared_read_only', statusCode: 409 },
      );
    }
  }

  async #reload(id: string): Promise<LoadedDatasource> {
    await this.#onChanged(id);
    return (await this.#datasources.findById(id))!;
  }
}

function versionConflict(record: {
  name: string;
  updatedBy?: string;
}): DatasourceAuthError {
  return new DatasourceAuthError(
    `Datasource '${record.name}' was changed by ${
      record.updatedBy ?? 'somebody else'
    } in the meantime. Load it again and repeat your change.`,
    { code: 'version_conflict', statusCode: 412 },
  );
}

/** The first few, most used first. */
function listed(consumers: Array<{ plugin: string }>): string {
  const names = consumers.map(({ plugin }) => plugin.replace(/^@/, ''));
  const more = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}
