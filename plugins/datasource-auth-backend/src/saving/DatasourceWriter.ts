import { randomUUID } from 'node:crypto';
import {
  DatasourceAuthError,
  isFromSettings,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { EndedCredentials } from '../credentials/EndedCredentials';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { changesBetween } from '../settings/changesBetween';
import { assertStored } from './assertStored';
import { CredentialWriter } from './CredentialWriter';
import { DatasourceForm, DatasourceSave } from './DatasourceForm';
import { DraftTests } from './DraftTests';
import { DatasourceTransaction } from './DatasourceTransaction';

/**
 * Saves datasources: settings, credential and activity in one transaction without network calls.
 */
export class DatasourceWriter {
  readonly #store: DatasourceStore;
  readonly #datasources: Datasources;
  readonly #form: DatasourceForm;
  readonly #credentialWriter: CredentialWriter;
  readonly #draftTests: DraftTests;
  readonly #activity: ActivityStore;
  readonly #transaction: DatasourceTransaction;
  readonly #ended: EndedCredentials;

  constructor(options: {
    store: DatasourceStore;
    datasources: Datasources;
    form: DatasourceForm;
    credentialWriter: CredentialWriter;
    draftTests: DraftTests;
    activity: ActivityStore;
    transaction: DatasourceTransaction;
    ended: EndedCredentials;
  }) {
    this.#store = options.store;
    this.#datasources = options.datasources;
    this.#form = options.form;
    this.#credentialWriter = options.credentialWriter;
    this.#draftTests = options.draftTests;
    this.#activity = options.activity;
    this.#transaction = options.transaction;
    this.#ended = options.ended;
  }

  /** @throws DatasourceAuthError `name_taken`, `secrets_required`, `credential_out_of_date` */
  async create(save: DatasourceSave): Promise<LoadedDatasource> {
    const { name } = save.settings;
    if (this.#datasources.isDeclared(name)) {
      throw new DatasourceAuthError(message('error.nameDeclared', { name }), {
        code: 'name_taken',
        statusCode: 409,
        fieldTexts: { name: [message('fault.nameDeclared')] },
      });
    }
    const id = randomUUID();
    const content = await this.#form.contentOf(id, save);
    const tried = await this.#draftTests.find(save, content);
    await this.#transaction.run(id, save.by, async trx => {
      await this.#store.insert(
        { id, name, source: 'database', by: save.by, ...content },
        trx,
      );
      if (isFromSettings(content.settings.auth)) {
        await this.#credentialWriter.keepHeld(
          { id, ...content },
          { by: save.by, trx, mayAuthorize: true, entered: content.entered },
        );
      } else if (save.credential.action === 'replace') {
        await this.#credentialWriter.replace(
          { id, ...content },
          save.credential.authorizationId,
          { by: save.by, trx, isNew: true },
        );
      }
      await this.#draftTests.keep(id, tried, { after: content, trx });
      await this.#activity.record(
        id,
        { kind: 'created', actor: save.by, details: { name } },
        trx,
      );
    });
    return this.#load({ id, name });
  }

  /**
   * @throws DatasourceAuthError `version_conflict`, `declared_read_only`, `secrets_required`, `credential_out_of_date`
   */
  async update(
    datasource: LoadedDatasource,
    version: number,
    save: DatasourceSave,
  ): Promise<LoadedDatasource> {
    const { record } = datasource;
    assertStored(record);
    if (save.settings.name !== record.name) {
      throw new DatasourceAuthError(
        message('error.nameFixed', { name: record.name }),
        {
          code: 'invalid_request',
          statusCode: 400,
          fieldTexts: { name: [message('fault.nameFixed')] },
        },
      );
    }
    if (record.version !== version) throw versionConflict(record);
    const content = await this.#form.contentOf(record.id, save, datasource);
    const tried = await this.#draftTests.find(save, content, record.id);
    const action = save.credential;
    const revoke = 'revoke' in action && Boolean(action.revoke);
    const { by } = save;
    let tellEnded = async () => {};
    await this.#transaction.runAndRevoke(
      datasource,
      { by, revoke },
      async trx => {
        // Before the datasource, as a deletion does: two that lock in different orders would block each other.
        if (content.binding !== record.binding) {
          const end = { reason: 'settings_changed' as const, by, trx };
          const ended = await this.#ended.end(datasource, {}, end);
          tellEnded = () =>
            this.#ended.tell(datasource, ended, 'settings_changed');
        }
        const updated = await this.#store.update(
          record.id,
          version,
          // The status is compared after the save, so that only a changed one is reported.
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
          {
            ...{ by: save.by, trx, entered: content.entered },
            mayAuthorize: save.mayAuthorize ?? false,
          },
        );
        await this.#draftTests.keep(record.id, tried, {
          before: record,
          after: content,
          trx,
        });
        await this.#activity.record(
          record.id,
          {
            kind: 'updated',
            actor: save.by,
            details: { changes: changesBetween(record, content) },
          },
          trx,
        );
      },
    );
    await tellEnded();
    return this.#load(record);
  }

  /** Clears the credential immediately, outside the editor. Keeps the settings. */
  async clear(
    datasource: LoadedDatasource,
    options: { revoke: boolean; by: string },
  ): Promise<LoadedDatasource> {
    const { record } = datasource;
    await this.#transaction.runAndRevoke(datasource, options, trx =>
      this.#credentialWriter.clear(record, { by: options.by, trx }),
    );
    return this.#load(record);
  }

  /** @throws DatasourceAuthError `not_found` if it was deleted in the meantime */
  async #load({
    id,
    name,
  }: {
    id: string;
    name: string;
  }): Promise<LoadedDatasource> {
    const saved = await this.#datasources.findById(id);
    if (!saved) throw notFound(name);
    return saved;
  }
}

function versionConflict(record: {
  name: string;
  updatedBy?: string;
}): DatasourceAuthError {
  return new DatasourceAuthError(
    message('error.changedBy', {
      name: record.name,
      user: record.updatedBy ?? message('error.anotherUser'),
    }),
    { code: 'version_conflict', statusCode: 412 },
  );
}
