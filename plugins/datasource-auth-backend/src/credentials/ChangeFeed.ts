import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres, readDatabaseClock, toNumber } from '../database/database';
import { CredentialKey, isSubject } from '../database/CredentialKey';

/** Milliseconds between two queries. */
const POLL = 2_000;
/** A transaction may commit this much later than the time it wrote, so rows are seen twice and never missed. */
const OVERLAP = 10_000;
const RECONNECT_FIRST = 1_000;
const RECONNECT_LONGEST = 60_000;
/** How often the listening connection is checked: a half-open one reports nothing. */
const HEARTBEAT = 30_000;
/** A query that takes longer is repeated. */
const ANSWER_WITHIN = 10_000;

/** The channel that all replicas on one schema listen to, in SQL. */
const CHANNEL = `left('datasource_auth_' || current_schema(), 63)`;

/**
 * Wraps a statement that changes credentials and returns their rows, so that its commit notifies the other replicas
 * where the database can. That costs no round trip, and a rollback notifies nobody.
 */
export function withNotification(
  knex: Knex,
  change: Knex.QueryBuilder,
): Knex.QueryBuilder {
  if (!isPostgres(knex)) return change;
  return knex
    .with('changed', change)
    .select('changed.*')
    .select(knex.raw(`pg_notify(${CHANNEL}, datasource_id || ' ' || subject)`))
    .from('changed');
}

/** What changed: one credential, or a datasource and all of its credentials. */
export interface Change {
  datasourceId: string;
  subject?: string;
  /** The `changed_at` of the row, if it was read. */
  at?: number;
}

/** Notices the changes of one credential, also those that happen between two waits. */
export interface Watch {
  /** Resolves when the credential or its datasource has changed since the last call, or after this many milliseconds. */
  change(milliseconds: number): Promise<void>;
  /** Stops watching. */
  end(): void;
}

interface RawConnection {
  query(text: string): Promise<unknown>;
  on(event: 'notification', listen: (m: { payload?: string }) => void): void;
  on(event: 'error' | 'end', listen: () => void): void;
}

/** Creates connections outside of knex's pool. */
interface RawConnections {
  acquireRawConnection(): Promise<RawConnection>;
  destroyRawConnection(connection: RawConnection): Promise<void>;
}

/**
 * Reports which datasources or credentials changed, on this replica or another. A query every two seconds finds every
 * change, and every row that went back to an older state (a failover to a stale standby). On PostgreSQL, notifications
 * over a separate connection make it faster; nothing relies on them.
 */
export class ChangeFeed {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #pollEvery: number;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #waiters = new Map<string, Set<() => void>>();
  readonly #stopped = new AbortController();
  #channel?: string;
  #isListening = false;
  /** The last change of each credential, by {@link payloadOf}. */
  #seen = new Map<string, number>();
  #since?: number;
  #running: Array<Promise<void>> = [];

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    pollEvery?: number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#pollEvery = options.pollEvery ?? POLL;
  }

  subscribe(listener: (change: Change) => void): void {
    this.#listeners.add(listener);
  }

  /** Starts polling. */
  async start(): Promise<void> {
    this.#since = await readDatabaseClock(this.#knex);
    if (isPostgres(this.#knex)) {
      const { rows } = await this.#knex.raw(`select ${CHANNEL} as name`);
      this.#channel = rows[0].name as string;
      this.#running.push(this.#listen());
    }
    this.#running.push(this.#poll());
  }

  /** Resolves when the last query has ended and the listening connection is closed. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#running);
  }

  /** Notifies this process. */
  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
    for (const waiters of this.#waitersOf(change)) {
      for (const wake of waiters) wake();
    }
  }

  #waitersOf(change: Change): Array<Set<() => void>> {
    const payload = payloadOf(change);
    if (change.subject) return [this.#waiters.get(payload) ?? new Set()];
    const keys = [...this.#waiters.keys()];
    return keys
      .filter(key => key.startsWith(`${payload} `))
      .map(key => this.#waiters.get(key)!);
  }

  /** Notifies this process, and the others where the database can. */
  async announce(change: Change): Promise<void> {
    this.tell(change);
    if (this.#channel) {
      await this.#knex
        .raw('select pg_notify(?, ?)', [this.#channel, payloadOf(change)])
        .timeout(ANSWER_WITHIN)
        .catch(() => {});
    }
  }

  /** Whether changes on other replicas are heard at once. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /** Begins to watch a credential. */
  watch({ text }: CredentialKey): Watch {
    const waiters = this.#waiters.get(text) ?? new Set();
    this.#waiters.set(text, waiters);
    let hasChanged = false;
    let wake = () => {};
    const hear = () => {
      hasChanged = true;
      wake();
    };
    waiters.add(hear);
    return {
      change: async milliseconds => {
        if (!hasChanged) {
          const woken = new Promise<void>(resolve => {
            wake = resolve;
          });
          const timer = setTimeout(wake, milliseconds);
          await woken;
          clearTimeout(timer);
        }
        hasChanged = false;
      },
      end: () => {
        waiters.delete(hear);
        const isLast = waiters.size === 0;
        if (isLast && this.#waiters.get(text) === waiters) {
          this.#waiters.delete(text);
        }
      },
    };
  }

  async #poll(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await pause(this.#pollEvery, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      try {
        await this.#look();
      } catch (error) {
        this.#logger.debug(
          `Polling for changes failed, trying again: ${String(error)}`,
        );
      }
    }
  }

  async #look(): Promise<void> {
    const from = this.#since! - OVERLAP;
    const none = this.#knex.raw('null as subject');
    const rows: Array<{
      id: string;
      subject: string | null;
      at: string | number;
    }> = await this.#knex
      .select({ id: 'datasource_id', subject: 'subject', at: 'changed_at' })
      .from('credentials')
      .where('changed_at', '>', from)
      .unionAll([
        this.#knex
          .select('id', none, 'changed_at as at')
          .from('datasources')
          .where('changed_at', '>', from),
        this.#knex
          .select('datasource_id as id', none, 'at')
          .from('activity')
          .where({ kind: 'deleted' })
          .where('at', '>', from),
      ])
      .timeout(ANSWER_WITHIN);
    const seen = new Map<string, number>();
    for (const { id, subject, at } of rows) {
      const changedAt = toNumber(at)!;
      const what = payloadOf({ datasourceId: id, subject });
      seen.set(what, Math.max(changedAt, seen.get(what) ?? 0));
      this.#since = Math.max(this.#since!, changedAt);
    }
    for (const [what, changedAt] of seen) {
      if (this.#seen.get(what) !== changedAt) {
        this.tell({ ...changeOf(what), at: changedAt });
      }
    }
    for (const [what, changedAt] of this.#seen) {
      // The row must still be here, so its last change was undone.
      if (changedAt > from && !seen.has(what)) this.tell(changeOf(what));
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
        this.#logger.debug(
          `Listening for changes failed, reconnecting: ${String(error)}`,
        );
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
    const end = () => {
      this.#isListening = false;
      over.abort();
    };
    const { signal } = this.#stopped;
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    try {
      connection.on('notification', ({ payload }) => {
        if (payload) this.tell(changeOf(payload));
      });
      connection.on('error', end);
      connection.on('end', end);
      await connection.query(`listen "${this.#channel!.replace(/"/g, '""')}"`);
      this.#isListening = !over.signal.aborted;
      while (!over.signal.aborted) {
        await pause(HEARTBEAT, over.signal);
        if (!over.signal.aborted) await answered(connection.query('select 1'));
      }
    } finally {
      this.#isListening = false;
      signal.removeEventListener('abort', end);
      await answered(client.destroyRawConnection(connection)).catch(() => {});
    }
  }
}

/** A change as text: the datasource's id, then a space and the credential's subject. */
function payloadOf(change: { datasourceId: string; subject?: string | null }) {
  const { datasourceId, subject } = change;
  return subject ? `${datasourceId} ${subject}` : datasourceId;
}

function changeOf(payload: string): Change {
  const [datasourceId, subject] = payload.split(' ');
  // Anyone on the database can send one: what names no subject concerns the whole datasource.
  return subject !== undefined && isSubject(subject)
    ? { datasourceId, subject }
    : { datasourceId };
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
          throw new Error("The listening connection isn't responding");
        },
      ),
    ]);
  } finally {
    over.abort();
  }
}
