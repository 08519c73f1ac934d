import { Knex } from 'knex';
import { EndedCredentials } from '../credentials/EndedCredentials';
import { Revocation } from '../credentials/Revocation';
import { LoadedDatasource } from '../datasources/Datasources';
import { Revocations } from '../revocations/Revocations';

/**
 * Commits a change to a datasource or its credential in one transaction without network calls. Then, if wanted, asks
 * the provider to revoke what was removed, and notifies every replica.
 */
export class DatasourceTransaction {
  readonly #knex: Knex;
  readonly #revocation: Revocation;
  readonly #revocations: Revocations;
  readonly #ended: EndedCredentials;
  readonly #onChanged: (datasourceId: string, by: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    revocation: Revocation;
    revocations: Revocations;
    ended: EndedCredentials;
    /** Called after a datasource or its credential changed, with the user who changed it. */
    onChanged: (datasourceId: string, by: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#revocation = options.revocation;
    this.#revocations = options.revocations;
    this.#ended = options.ended;
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

  /**
   * Commits the deletion of a datasource. The shared credential is revoked if that is wanted, those of people always,
   * after this call.
   */
  async runAndEnd(
    datasource: LoadedDatasource,
    { by, revoke }: { by: string; revoke: boolean },
    change: (trx: Knex) => Promise<void>,
  ): Promise<void> {
    let tellEnded = async () => {};
    const shared = await this.#revocation.before(datasource, revoke, tokens =>
      this.#knex.transaction(async trx => {
        const added = await this.#revocations.add(tokens, trx);
        const end = { reason: 'cleared' as const, by, trx };
        const ended = await this.#ended.end(datasource, {}, end);
        tellEnded = () => this.#ended.tell(datasource, ended, 'deleted');
        await change(trx);
        return added;
      }),
    );
    await this.#onChanged(datasource.record.id, by);
    await tellEnded();
    await this.#revocations.attempt(shared);
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
