import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres, readDatabaseClock, toNumber } from '../database/database';

/** One query each so many milliseconds, whatever is stored. */
const POLL = 2_000;
/** A transaction may commit this much later than the time it wrote. Rows are seen again, never missed. */
const OVERLAP = 10_000;
const RECONNECT_FIRST = 1_000;
const RECONNECT_LONGEST = 60_000;
/** How often the listening connection is tried: one of which only one end is left hears nothing and says nothing. */
const HEARTBEAT = 30_000;
/** A database that does not answer for so long is asked again. */
const ANSWER_WITHIN = 10_000;

/** What all replicas on one schema listen to, in SQL. */
const CHANNEL = `left('datasource_auth_' || current_schema(), 63)`;

/**
 * A statement that changes credentials and returns their rows, made to tell the other replicas with its very commit where
 * the database can: that costs no round trip, and is never said of what is undone.
 */
export function telling(
  knex: Knex,
  change: Knex.QueryBuilder,
): Knex.QueryBuilder {
  if (!isPostgres(knex)) return change;
  return knex
    .with('changed', change)
    .select('changed.*')
    .select(knex.raw(`pg_notify(${CHANNEL}, datasource_id::text)`))
    .from('changed');
}

interface RawConnection {
  query(text: string): Promise<unknown>;
  on(event: 'notification', listen: (m: { payload?: string }) => void): void;
  on(event: 'error' | 'end', listen: () => void): void;
}

/** Connections of one's own, of the kind that knex keeps in its pool. */
interface RawConnections {
  acquireRawConnection(): Promise<RawConnection>;
  destroyRawConnection(connection: RawConnection): Promise<void>;
}

/**
 * Tells which datasources or credentials changed, on this replica or another. One query each two seconds finds every
 * change, and every row that went back to what it was (a failover to a stale standby); on PostgreSQL a notification
 * makes it at once, over one connection of its own, and is never relied on.
 */
export class ChangeFeed {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #pollEvery: number;
  readonly #listeners = new Set<(datasourceId: string) => void>();
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #stopped = new AbortController();
  #channel?: string;
  #seen = new Map<string, number>();
  #since?: number;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    /** Milliseconds between two queries. */
    pollEvery?: number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#pollEvery = options.pollEvery ?? POLL;
  }

  /** Calls the listener with the datasource's id for each change. */
  subscribe(listener: (datasourceId: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Begins to look. */
  async start(): Promise<void> {
    this.#since = await readDatabaseClock(this.#knex);
    if (isPostgres(this.#knex)) {
      const { rows } = await this.#knex.raw(`select ${CHANNEL} as name`);
      this.#channel = rows[0].name as string;
      this.#listen().catch(() => {});
    }
    this.#poll().catch(() => {});
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Tells this process. */
  tell(datasourceId: string): void {
    for (const listener of this.#listeners) listener(datasourceId);
    for (const wake of this.#waiters.get(datasourceId) ?? []) wake();
  }

  /** Tells this process at once, and the others where the database can. */
  async announce(datasourceId: string): Promise<void> {
    this.tell(datasourceId);
    if (this.#channel) {
      await this.#knex
        .raw('select pg_notify(?, ?)', [this.#channel, datasourceId])
        .timeout(ANSWER_WITHIN)
        .catch(() => {});
    }
  }

  /** Resolves when the datasource changed, or after so many milliseconds. */
  async change(datasourceId: string, milliseconds: number): Promise<void> {
    const waiters = this.#waiters.get(datasourceId) ?? new Set();
    this.#waiters.set(datasourceId, waiters);
    let wake = () => {};
    const woken = new Promise<void>(resolve => {
      wake = resolve;
    });
    waiters.add(wake);
    const timer = setTimeout(wake, milliseconds);
    await woken;
    clearTimeout(timer);
    waiters.delete(wake);
    if (waiters.size === 0) this.#waiters.delete(datasourceId);
  }

  async #poll(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await pause(this.#pollEvery, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      try {
        await this.#look();
      } catch (error) {
        this.#logger.debug(`Looking for changes failed: ${String(error)}`);
      }
    }
  }

  async #look(): Promise<void> {
    const from = this.#since! - OVERLAP;
    const rows: Array<{ id: string; at: string | number }> = await this.#knex
      .select({ id: 'datasource_id', at: 'changed_at' })
      .from('credentials')
      .where('changed_at', '>', from)
      .unionAll([
        this.#knex
          .select({ id: 'id', at: 'changed_at' })
          .from('datasources')
          .where('changed_at', '>', from),
        this.#knex
          .select({ id: 'datasource_id', at: 'at' })
          .from('activity')
          .where({ kind: 'deleted' })
          .where('at', '>', from),
      ])
      .timeout(ANSWER_WITHIN);
    const seen = new Map<string, number>();
    for (const { id, at } of rows) {
      const changedAt = toNumber(at)!;
      seen.set(id, Math.max(changedAt, seen.get(id) ?? 0));
      this.#since = Math.max(this.#since!, changedAt);
    }
    for (const [id, changedAt] of seen) {
      if (this.#seen.get(id) !== changedAt) this.tell(id);
    }
    for (const [id, changedAt] of this.#seen) {
      // It was here and would have to be here still: its last change is undone.
      if (changedAt > from && !seen.has(id)) this.tell(id);
    }
    this.#seen = seen;
  }

  async #listen(): Promise<void> {
    let delay = RECONNECT_FIRST;
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#hear();
        delay = RECONNECT_FIRST;
      } catch (error) {
        this.#logger.debug(`Listening for changes failed: ${String(error)}`);
        delay = Math.min(delay * 2, RECONNECT_LONGEST);
      }
      await pause(delay, this.#stopped.signal);
    }
  }

  /** Holds one connection until it ends. */
  async #hear(): Promise<void> {
    const client: RawConnections = this.#knex.client;
    const connection = await client.acquireRawConnection();
    const over = new AbortController();
    const end = () => over.abort();
    const { signal } = this.#stopped;
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    try {
      connection.on('notification', ({ payload }) => {
        if (payload) this.tell(payload);
      });
      connection.on('error', end);
      connection.on('end', end);
      await connection.query(`listen "${this.#channel!.replace(/"/g, '""')}"`);
      while (!over.signal.aborted) {
        await pause(HEARTBEAT, over.signal);
        if (!over.signal.aborted) await answered(connection.query('select 1'));
      }
    } finally {
      signal.removeEventListener('abort', end);
      await answered(client.destroyRawConnection(connection)).catch(() => {});
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}

async function answered(query: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  query.catch(() => {});
  try {
    await Promise.race([
      query,
      sleep(ANSWER_WITHIN, undefined, { signal: over.signal, ref: false }).then(
        () => {
          throw new Error('The listening connection does not answer');
        },
      ),
    ]);
  } finally {
    over.abort();
  }
}
