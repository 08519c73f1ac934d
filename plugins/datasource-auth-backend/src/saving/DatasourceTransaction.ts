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
  readonly #onChanged: (datasourceId: string, by: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    revocation: Revocation;
    /** Called after a datasource or its credential changed, with the user who changed it. */
    onChanged: (datasourceId: string, by: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#revocation = options.revocation;
    this.#onChanged = options.onChanged;
  }

  /** Commits a change without a revocation. */
  async run(
    id: string,
    by: string,
    change: (trx: Knex) => Promise<void>,
  ): Promise<void> {
    await this.#knex.transaction(change);
    await this.#onChanged(id, by);
  }

  /** Commits a change and revokes the previous credential. */
  async runAndRevoke(
    datasource: LoadedDatasource,
    options: { by: string; revoke: boolean },
    change: (trx: Knex) => Promise<void>,
  ): Promise<void> {
    await this.#revocation.around(datasource, options.revoke, () =>
      this.#knex.transaction(change),
    );
    await this.#onChanged(datasource.record.id, options.by);
  }
}
