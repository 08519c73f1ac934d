import { Knex } from 'knex';
import { databaseNow, toNumber } from '../database/database';

/** The reason for a notification. */
export type NoticeKind =
  | 'refused'
  | 'doubtful'
  | 'expired'
  | 'client_secret'
  | 'outage'
  | 'recovered'
  | 'unused'
  | 'own_token'
  | 'reconnect'
  | 'authorizer_left';

/** Remembers sent notices, of owners and of people: the replica that writes the row sends the notice. */
export class NoticeStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** @returns whether no notice had been sent yet */
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

  /** Returns when a notice was sent, in epoch milliseconds of the database's clock. */
  async sentAt(
    datasourceId: string,
    kind: NoticeKind,
    occasion: string,
  ): Promise<number | undefined> {
    const row = await this.#knex('notices')
      .where({ datasource_id: datasourceId, kind, occasion })
      .first('at');
    return toNumber(row?.at);
  }

  /** @returns whether a notice had been sent, so that the end is worth one too */
  async withdraw(datasourceId: string, kind: NoticeKind): Promise<boolean> {
    const removed = await this.#knex('notices')
      .where({ datasource_id: datasourceId, kind })
      .delete();
    return removed > 0;
  }
}
