import { Knex } from 'knex';
import { Revocation } from '../credentials/Revocation';
import { LoadedDatasource } from '../datasources/Datasources';

/**
 * Commits a change to a datasource or its credential in one transaction without network calls. Then, if wanted, asks
 * the provider to revoke what was removed, and notifies every replica.
 */
export class DatasourceTransaction {
  readonly #knex: Knex;
  readonly #revocation: Revocation;
  readonly #onChanged: (datasourceId: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    revocation: Revocation;
    /** Called after a datasource or its credential changed. */
    onChanged: (datasourceId: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#revocation = options.revocation;
    this.#onChanged = options.onChanged;
  }

  /** Commits a change without a revocation. */
  async run(id: string, change: (trx: Knex) => Promise<void>): Promise<void> {
    await this.#knex.transaction(change);
    await this.#onChanged(id);
  }

  /** Commits a change and revokes the previous credential. */
  async runAndRevoke(
    datasource: LoadedDatasource,
    revoke: boolean,
    change: (trx: Knex) => Promise<void>,
  ): Promise<void> {
    await this.#revocation.around(datasource, revoke, () =>
      this.#knex.transaction(change),
    );
    await this.#onChanged(datasource.record.id);
  }
}
