import {
  DatasourceAuthError,
  message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { impactOf } from '../activity/consumers';
import { UsageRecorder } from '../activity/UsageRecorder';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { LoadedDatasource } from '../datasources/Datasources';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { assertStored } from './assertStored';
import { DatasourceTransaction } from './DatasourceTransaction';

/** Time after its last use during which a datasource can only be deleted with `force`. Milliseconds. */
const IN_USE_WITHIN = 24 * 60 * 60_000;

/** Deletes datasources and their credentials. Those of people are revoked in any case. */
export class DatasourceRemoval {
  readonly #store: DatasourceStore;
  readonly #credentials: CredentialStore;
  readonly #activity: ActivityStore;
  readonly #usage: UsageRecorder;
  readonly #transaction: DatasourceTransaction;

  constructor(options: {
    store: DatasourceStore;
    credentials: CredentialStore;
    activity: ActivityStore;
    usage: UsageRecorder;
    transaction: DatasourceTransaction;
  }) {
    this.#store = options.store;
    this.#credentials = options.credentials;
    this.#activity = options.activity;
    this.#usage = options.usage;
    this.#transaction = options.transaction;
  }

  /** @throws DatasourceAuthError `in_use`, `declared_read_only` */
  async delete(
    datasource: LoadedDatasource,
    options: { force: boolean; revoke: boolean; by: string },
  ): Promise<void> {
    const { record } = datasource;
    assertStored(record);
    if (!options.force) await this.#assertUnused(record);
    await this.#transaction.runAndEnd(datasource, options, async trx => {
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
    });
  }

  async #assertUnused({ id, name }: DatasourceRecord): Promise<void> {
    if ((await this.#credentials.countPersonal(id)) > 0) {
      throw new DatasourceAuthError(
        message('error.peopleConnected', { name }),
        {
          code: 'in_use',
          statusCode: 409,
        },
      );
    }
    // Otherwise a plugin that just began to use it would be missed.
    await this.#usage.flush();
    const credential = await this.#credentials.read(CredentialKey.service(id));
    const lastUsed = credential?.lastUsedAt;
    if (!lastUsed || credential.readAt - lastUsed >= IN_USE_WITHIN) return;
    const { consumers } = impactOf(await this.#usage.list(id), Date.now());
    throw new DatasourceAuthError(
      message('error.inUse', { name, plugins: listed(consumers) }),
      { code: 'in_use', statusCode: 409 },
    );
  }
}

/** Lists the first three, most used first. */
function listed(consumers: Array<{ plugin: string }>): MessageValue {
  const names = consumers.map(({ plugin }) => plugin.replace(/^@/, ''));
  if (names.length === 0) return message('error.somePlugin');
  const plugins = names.slice(0, 3).join(', ');
  const more = names.length - 3;
  return more > 0
    ? message('error.pluginsAndMore', { plugins, more })
    : plugins;
}
