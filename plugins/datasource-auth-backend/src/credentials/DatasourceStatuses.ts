import {
  DatasourceState,
  DatasourceStatus,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialStore } from './CredentialStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import {
  DatasourceRecord,
  DatasourceStore,
} from '../datasources/DatasourceStore';
import { attentionOf, stateOf } from '../settings/status';

/** A datasource that stands otherwise than before. */
export interface StateChange {
  record: DatasourceRecord;
  from: DatasourceState;
  status: DatasourceStatus;
  /** The grant that it is about. */
  credentialId?: string;
}

/**
 * How datasources stand: reads the credentials beside them, and keeps the rank by which lists are sorted.
 */
export class DatasourceStatuses {
  readonly #datasources: Datasources;
  readonly #store: DatasourceStore;
  readonly #credentials: CredentialStore;
  readonly #onChanged: (change: StateChange) => Promise<void>;

  static create(options: {
    datasources: Datasources;
    store: DatasourceStore;
    credentials: CredentialStore;
    /** Told once of each datasource that stands otherwise than before, on one of the replicas. */
    onChanged?: (change: StateChange) => Promise<void>;
  }): DatasourceStatuses {
    return new DatasourceStatuses(options);
  }

  private constructor(
    options: Parameters<typeof DatasourceStatuses.create>[0],
  ) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#credentials = options.credentials;
    this.#onChanged = options.onChanged ?? (async () => {});
  }

  async of(datasource: LoadedDatasource): Promise<DatasourceStatus> {
    const credential = await this.#credentials.read(datasource.record.id);
    return this.#datasources.status(datasource, credential);
  }

  /** The statuses of several datasources, in their order, with one query. */
  async ofMany(datasources: LoadedDatasource[]): Promise<DatasourceStatus[]> {
    const credentials = await this.#credentials.readMany(
      datasources.map(({ record }) => record.id),
    );
    return datasources.map(datasource =>
      this.#datasources.status(
        datasource,
        credentials.get(datasource.record.id),
      ),
    );
  }

  /** Brings the attention rank of a datasource up to date after its credential or settings changed. */
  async refreshAttention(datasourceId: string): Promise<void> {
    const datasource = await this.#datasources.findById(datasourceId);
    if (!datasource) return;
    const { record } = datasource;
    const credential = await this.#credentials.read(datasourceId);
    const status = this.#datasources.status(datasource, credential);
    const attention = attentionOf(status.state);
    if (attention === record.attention) return;
    if (
      await this.#store.setAttention(datasourceId, attention, record.attention)
    ) {
      await this.#onChanged({
        record,
        from: stateOf(record.attention),
        status,
        credentialId: credential?.credentialId,
      });
    }
  }
}
