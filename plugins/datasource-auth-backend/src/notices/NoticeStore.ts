import { Knex } from 'knex';
import { databaseNow } from '../database/database';

/** What an owner is told of. */
export type NoticeKind =
  | 'refused'
  | 'doubtful'
  | 'expired'
  | 'client_secret'
  | 'outage'
  | 'recovered';

/** Remembers what owners were told: the replica that writes the row is the one that tells. */
export class NoticeStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** @returns whether nobody had told it yet */
  async claim(
    datasourceId: string,
    kind: NoticeKind,
    occasion: string,
  ): Promise<boolean> {
    const row = { datasource_id: datasourceId, kind, occasion };
    const present = await this.#knex('notices').where(row).first();
    if (present) return false;
    const claimed: unknown = await this.#knex('notices')
      .insert({ ...row, at: databaseNow(this.#knex) })
      .onConflict(['datasource_id', 'kind', 'occasion'])
      .ignore()
      .returning('kind');
    return Array.isArray(claimed) && claimed.length === 1;
  }

  /** @returns whether it had been told, so that its end is worth telling */
  async withdraw(datasourceId: string, kind: NoticeKind): Promise<boolean> {
    const removed = await this.#knex('notices')
      .where({ datasource_id: datasourceId, kind })
      .delete();
    return removed > 0;
  }
}
