import { Knex } from 'knex';
import { Revocation } from '../credentials/Revocation';
import { LoadedDatasource } from '../datasources/Datasources';

/**
 * Commits a change of a datasource or its credential: in one transaction without network, after which the provider is
 * asked to revoke what was removed, where that is wanted, and every replica learns of the change.
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

  /** Commits a change of a datasource that has nothing to revoke. */
  async run(id: string, change: (trx: Knex) => Promise<void>): Promise<void> {
    await this.#knex.transaction(change);
    await this.#onChanged(id);
  }

  /** Commits a change, and revokes the credential that was there before it. */
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
