import { randomUUID } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import {
  databaseNow,
  databaseNowOnce,
  databaseNowPlus,
  isPostgres,
  toNumber,
} from '../database/database';

/** Milliseconds by which entries of one moment can be ahead of the clock. */
const RUN_AHEAD = 1_000;

/** Events of a datasource. */
export type ActivityKind =
  | 'created'
  | 'updated'
  | 'deleted'
  | 'authorized'
  | 'authorization_failed'
  | 'authorization_requested'
  | 'request_declined'
  | 'request_withdrawn'
  | 'refreshed'
  | 'refresh_failed'
  | 'refused'
  | 'rejected'
  | 'cleared'
  | 'disconnected'
  | 'revoked'
  | 'tested'
  | 'rehearsed'
  | 'consumer_denied'
  | 'status_changed';

/** One entry of the timeline. */
export interface Activity {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  kind: ActivityKind;
  /** User entity ref, plugin or external subject. */
  actor?: string;
  /** Without secrets. */
  details: JsonObject;
}

/**
 * The timeline of each datasource, by id: a new datasource with the same name doesn't show its predecessor's history.
 */
export class ActivityStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async record(
    datasourceId: string,
    entry: { kind: ActivityKind; actor?: string; details?: JsonObject },
    knex: Knex = this.#knex,
  ): Promise<void> {
    await knex('activity').insert({
      id: randomUUID(),
      datasource_id: datasourceId,
      at: this.#afterTheLast(datasourceId, knex),
      kind: entry.kind,
      actor: entry.actor ?? null,
      details: JSON.stringify(entry.details ?? {}),
    });
  }

  /**
   * Now, or a millisecond after the previous entry, to keep the order. An entry further ahead is from a clock that was
   * set back since.
   */
  #afterTheLast(datasourceId: string, knex: Knex): Knex.Raw {
    const latest = isPostgres(knex) ? 'greatest' : 'max';
    return knex.raw(`${latest}(?, coalesce(? + 1, 0))`, [
      databaseNow(knex),
      knex('activity')
        .where({ datasource_id: datasourceId })
        .where('at', '<', databaseNowPlus(knex, RUN_AHEAD))
        .max('at'),
    ]);
  }

  /**
   * Returns entries, newest first. A page can be a little longer than requested: entries of one millisecond stay
   * together, so that the next page can start before them.
   */
  async list(
    datasourceId: string,
    page: {
      limit: number;
      before?: number;
      /** Only entries of these kinds. */
      kinds?: string[];
      /** Only entries of this user, plugin or external subject. */
      actor?: string;
    },
  ): Promise<Activity[]> {
    const query = this.#knex('activity')
      .where({ datasource_id: datasourceId })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    if (page.kinds) query.whereIn('kind', page.kinds);
    if (page.actor !== undefined) query.where({ actor: page.actor });
    if (page.before !== undefined) query.where('at', '<', page.before);
    const rows = await query.clone().limit(page.limit);
    const last = rows.at(-1);
    if (rows.length === page.limit) {
      rows.push(
        ...(await query.where({ at: last.at }).where('id', '<', last.id)),
      );
    }
    return rows.map(row => ({
      id: row.id,
      at: toNumber(row.at)!,
      kind: row.kind,
      actor: row.actor ?? undefined,
      details: JSON.parse(row.details),
    }));
  }

  /** Removes entries older than this many milliseconds. */
  async removeOlderThan(milliseconds: number): Promise<number> {
    return this.#knex('activity')
      .whereRaw('?? < ? - ?', [
        'at',
        databaseNowOnce(this.#knex),
        Math.round(milliseconds),
      ])
      .delete();
  }
}
