import { LoggerService } from '@backstage/backend-plugin-api';
import { UsageHour } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { CredentialKey } from '../database/CredentialKey';
import { databaseNowOnce, toNumber } from '../database/database';
import { GrowingCache } from '../memory/GrowingCache';

const HOUR = 60 * 60_000;
/** Counts kept at most while the database can't be written to; the least recently used are lost first. */
const MOST_COUNTS = 50_000;

/** Counts since the last write. */
export interface UsageCount {
  datasourceId: string;
  plugin: string;
  hour: number;
  /** When the first of them happened. */
  firstAt: number;
  handOuts: number;
  rejections: number;
  refusals: number;
}

/** Records which credentials were handed out. */
interface UsedCredentials {
  markUsed(keys: CredentialKey[]): Promise<void>;
}

/** A plugin's use of a datasource in one hour. */
export interface Usage extends UsageHour {
  plugin: string;
}

/** Counts hand-outs in memory and writes them from time to time: never a row per call. */
export class UsageRecorder {
  readonly #knex: Knex;
  readonly #credentials: UsedCredentials;
  readonly #logger: LoggerService;
  readonly #onWritten: (counts: UsageCount[]) => Promise<void>;
  #counts = new GrowingCache<UsageCount>(MOST_COUNTS);
  /** By {@link CredentialKey.text}. */
  #used = new GrowingCache<CredentialKey>(MOST_COUNTS);

  constructor(options: {
    knex: Knex;
    credentials: UsedCredentials;
    logger: LoggerService;
    /** Called with what was written. */
    onWritten?: (counts: UsageCount[]) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#credentials = options.credentials;
    this.#logger = options.logger;
    this.#onWritten = options.onWritten ?? (async () => {});
  }

  handOut(key: CredentialKey, plugin: string, more: { rejected: boolean }) {
    this.#used.set(key.text, key);
    const count = this.#countOf(key.datasourceId, plugin);
    count.handOuts += 1;
    if (more.rejected) count.rejections += 1;
  }

  /** Counts a request of a plugin that isn't on the list. */
  refuse(datasourceId: string, plugin: string) {
    this.#countOf(datasourceId, plugin).refusals += 1;
  }

  /** Writes what was counted. If that fails, it is written next time. */
  async flush(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    const used = [...this.#used.values()];
    this.#counts = new GrowingCache(MOST_COUNTS);
    this.#used = new GrowingCache(MOST_COUNTS);
    try {
      // First, because it can be repeated: what follows is written once.
      await this.#credentials.markUsed(used);
      await this.#knex.transaction(async trx => {
        await addConsumers(trx, [...counts.values()]);
        for (const count of counts.values()) await add(trx, count);
      });
    } catch (error) {
      for (const [key, count] of [...counts].reverse()) {
        const since = this.#counts.get(key);
        this.#counts.set(key, since ? sum(count, since) : count);
      }
      for (const key of used) this.#used.set(key.text, key);
      this.#logger.warn(
        `Couldn't store the usage counts. They stay in memory and are stored with the next ones: ${
          error instanceof Error ? error.name : 'unknown error'
        }`,
      );
      return;
    }
    await this.#onWritten([...counts.values()]);
  }

  /** Returns the usage of a datasource, newest hour first. */
  async list(datasourceId: string, limit = 1_000): Promise<Usage[]> {
    const rows = await this.#knex('usage')
      .where({ datasource_id: datasourceId })
      .orderBy('hour', 'desc')
      .limit(limit);
    return rows.map(row => ({
      plugin: row.plugin,
      hour: toNumber(row.hour)!,
      handOuts: toNumber(row.hand_outs)!,
      rejections: toNumber(row.rejections)!,
      refusals: toNumber(row.refusals)!,
    }));
  }

  /** Returns when each plugin first asked for a token, even if its usage is no longer stored. */
  async firstSeen(datasourceId: string): Promise<Map<string, number>> {
    const rows = await this.#knex('consumers').where({
      datasource_id: datasourceId,
    });
    return new Map(
      rows.map(row => [row.plugin as string, toNumber(row.first_seen_at)!]),
    );
  }

  /** Returns the usage of all plugins together since a time, oldest hour first. */
  async hours(datasourceId: string, since: number): Promise<UsageHour[]> {
    const rows = await this.#knex('usage')
      .where({ datasource_id: datasourceId })
      .where('hour', '>=', since)
      .groupBy('hour')
      .orderBy('hour')
      .select(
        'hour',
        ...['hand_outs', 'rejections', 'refusals'].map(column =>
          this.#knex.raw('sum(??) as ??', [column, column]),
        ),
      );
    return rows.map(row => ({
      hour: toNumber(row.hour)!,
      handOuts: toNumber(row.hand_outs)!,
      rejections: toNumber(row.rejections)!,
      refusals: toNumber(row.refusals)!,
    }));
  }

  /** Removes usage older than this many milliseconds, and the consumers of deleted datasources. */
  async removeOlderThan(milliseconds: number): Promise<number> {
    await this.#knex('consumers')
      .whereNotIn('datasource_id', this.#knex('datasources').select('id'))
      .delete();
    return this.#knex('usage')
      .whereRaw('?? < ? - ?', [
        'hour',
        databaseNowOnce(this.#knex),
        Math.round(milliseconds),
      ])
      .delete();
  }

  #countOf(datasourceId: string, plugin: string): UsageCount {
    const now = Date.now();
    const hour = Math.floor(now / HOUR) * HOUR;
    const key = `${datasourceId}|${plugin}|${hour}`;
    let count = this.#counts.get(key);
    if (!count) {
      count = {
        datasourceId,
        plugin,
        hour,
        firstAt: now,
        handOuts: 0,
        rejections: 0,
        refusals: 0,
      };
      this.#counts.set(key, count);
    }
    return count;
  }
}

function sum(before: UsageCount, since: UsageCount): UsageCount {
  return {
    ...before,
    firstAt: Math.min(before.firstAt, since.firstAt),
    handOuts: before.handOuts + since.handOuts,
    rejections: before.rejections + since.rejections,
    refusals: before.refusals + since.refusals,
  };
}

async function add(trx: Knex, count: UsageCount): Promise<void> {
  await trx('usage')
    .insert({
      datasource_id: count.datasourceId,
      plugin: count.plugin,
      hour: count.hour,
      hand_outs: count.handOuts,
      rejections: count.rejections,
      refusals: count.refusals,
    })
    .onConflict(['datasource_id', 'plugin', 'hour'])
    .merge({
      hand_outs: trx.raw('?? + ?', ['usage.hand_outs', count.handOuts]),
      rejections: trx.raw('?? + ?', ['usage.rejections', count.rejections]),
      refusals: trx.raw('?? + ?', ['usage.refusals', count.refusals]),
    });
}

/** Stores when plugins were first seen. A replica may write later than another one, and have seen a plugin earlier. */
async function addConsumers(trx: Knex, counts: UsageCount[]): Promise<void> {
  const earliest = new Map<string, UsageCount>();
  for (const count of counts) {
    const key = `${count.datasourceId}|${count.plugin}`;
    const known = earliest.get(key);
    if (!known || count.firstAt < known.firstAt) earliest.set(key, count);
  }
  for (const { datasourceId, plugin, firstAt } of earliest.values()) {
    await trx('consumers')
      .insert({ datasource_id: datasourceId, plugin, first_seen_at: firstAt })
      .onConflict(['datasource_id', 'plugin'])
      .merge()
      .whereRaw('?? < ??', [
        'excluded.first_seen_at',
        'consumers.first_seen_at',
      ]);
  }
}
