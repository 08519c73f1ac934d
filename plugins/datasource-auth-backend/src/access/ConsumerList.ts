import {
  DatasourceConsumerNotAllowedError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { UsageRecorder } from '../activity/UsageRecorder';
import { LoadedDatasource } from '../datasources/Datasources';
import { mayConsume } from '../settings/consumers';
import { Audit } from './Audit';
import { Caller } from './caller';

/** Limits plugins to the consumers of a datasource, and notifies its owner about others. */
export class ConsumerList {
  readonly #audit: Audit;
  readonly #usage: UsageRecorder;
  readonly #activity: ActivityStore;
  readonly #pageUrl: string;

  constructor(options: {
    audit: Audit;
    usage: UsageRecorder;
    activity: ActivityStore;
    pageUrl: string;
  }) {
    this.#audit = options.audit;
    this.#usage = options.usage;
    this.#activity = options.activity;
    this.#pageUrl = options.pageUrl;
  }

  /** Returns whether a plugin is on the list, and notifies nobody. */
  has({ record }: LoadedDatasource, plugin: string): boolean {
    return mayConsume(record.settings, plugin);
  }

  /** @throws DatasourceConsumerNotAllowedError */
  async assertHas(
    datasource: LoadedDatasource,
    plugin: string,
    caller: Caller,
  ): Promise<void> {
    const { record } = datasource;
    if (this.has(datasource, plugin)) return;
    this.#usage.refuse(record.id, plugin);
    const first = await this.#audit.refused(
      { action: 'consume', caller, datasource: record.name },
      'consumer_not_allowed',
    );
    if (first) {
      await this.#activity.record(record.id, {
        kind: 'consumer_denied',
        actor: `plugin:${plugin}`,
      });
    }
    const link = `${this.#pageUrl}/${record.name}`;
    throw new DatasourceConsumerNotAllowedError(
      message('error.consumerNotAllowed', { plugin, name: record.name, link }),
      { link },
    );
  }
}
