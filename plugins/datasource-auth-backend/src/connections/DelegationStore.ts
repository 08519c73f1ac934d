import { Knex } from 'knex';
import {
  databaseNow,
  databaseNowOnce,
  statementStartPlus,
  toNumber,
  UUID,
} from '../database/database';
import { keyColumns, keyOf } from '../credentials/CredentialRow';
import { CredentialKey } from '../database/CredentialKey';

const DAY = 24 * 60 * 60_000;

/** How long a person can see what ended. Milliseconds. */
const KEEP_ENDED = 30 * DAY;
/** How long a plugin stays without permission until its delegations end, because rollouts disagree for a while. */
const UNLISTED_PATIENCE = DAY;
/** Handles of one delegation that work. Each request for one adds a new handle, and the oldest stops working. */
const HANDLES = 10;
/** A use is noted once in this time. Milliseconds. */
const USE_NOTED_EVERY = 60_000;

const TABLE = 'delegations';

/** A stored delegation. Times are epoch milliseconds of the database's clock. */
export interface DelegationRow {
  id: string;
  key: CredentialKey;
  plugin: string;
  /** Hash of the purpose and the context. */
  askHash: string;
  sealed: string;
  status: 'pending' | 'live' | 'ended';
  /** When it ends, or when an unanswered one expires. */
  endsAt: number;
  createdAt: number;
  decidedAt?: number;
  lastUsedAt?: number;
  /** The database's clock when the row was read. */
  readAt: number;
}

/** A delegation that has ended. */
export type EndedDelegation = Pick<DelegationRow, 'id' | 'key' | 'plugin'>;

/** Stores delegations in the database. Each change is one statement whose WHERE is its condition. */
export class DelegationStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /** @param row - `validFor`: milliseconds until it expires unanswered */
  async insert(
    row: Pick<DelegationRow, 'id' | 'key' | 'plugin' | 'askHash' | 'sealed'> & {
      validFor: number;
    },
  ): Promise<void> {
    await this.#knex(TABLE).insert({
      id: row.id,
      ...keyColumns(row.key),
      plugin: row.plugin,
      ask_hash: row.askHash,
      sealed: row.sealed,
      status: 'pending',
      ends_at: statementStartPlus(this.#knex, row.validFor),
      created_at: statementStartPlus(this.#knex, 0),
    });
  }

  async find(id: string): Promise<DelegationRow | undefined> {
    if (!UUID.test(id)) return undefined;
    const row = await this.#rows().where({ id }).first();
    return row && toDelegation(row);
  }

  /** Returns the live delegation of a handle. */
  async findLive(handleHash: string): Promise<DelegationRow | undefined> {
    const row = await this.#open()
      .where({ status: 'live' })
      .whereIn(
        'id',
        this.#knex('delegation_handles')
          .select('delegation_id')
          .where({ hash: handleHash }),
      )
      .first();
    return row && toDelegation(row);
  }

  /** Returns a person's delegations that are pending or live, newest first. */
  async listOf(subject: string): Promise<DelegationRow[]> {
    const rows = await this.#open()
      .where({ subject })
      .orderBy('created_at', 'desc')
      .orderBy('id');
    return rows.map(toDelegation);
  }

  /** Returns how many undecided delegations a plugin has with a person. */
  async countPending(subject: string, plugin: string): Promise<number> {
    const [{ count }] = await this.#knex(TABLE)
      .where({ subject, plugin, status: 'pending' })
      .where('ends_at', '>', databaseNow(this.#knex))
      .count({ count: '*' });
    return Number(count);
  }

  /**
   * Makes a pending delegation live, in the transaction that read the account. Earlier ones for the same end.
   *
   * @returns whether it was still pending
   */
  async approve(
    row: DelegationRow,
    approved: { sealed: string; pin: string; until: number },
    trx: Knex,
  ): Promise<boolean> {
    const updated = await trx(TABLE)
      .where({ id: row.id, status: 'pending', sealed: row.sealed })
      .where('ends_at', '>', databaseNow(trx))
      .update({
        status: 'live',
        sealed: approved.sealed,
        pin: approved.pin,
        ends_at: approved.until,
        decided_at: databaseNow(trx),
      });
    if (updated === 0) return false;
    await trx(TABLE)
      .where({
        ...keyColumns(row.key),
        plugin: row.plugin,
        ask_hash: row.askHash,
        status: 'live',
      })
      .whereNot({ id: row.id })
      .update({ status: 'ended', decided_at: databaseNow(trx) });
    return true;
  }

  /** Adds a handle. The oldest ones stop working. */
  async addHandle(id: string, hash: string): Promise<void> {
    await this.#knex.transaction(async trx => {
      await trx('delegation_handles').insert({
        hash,
        delegation_id: id,
        created_at: databaseNow(trx),
      });
      const kept = await trx('delegation_handles')
        .where({ delegation_id: id })
        .orderBy('created_at', 'desc')
        .orderBy('hash')
        .limit(HANDLES)
        .pluck('hash');
      await trx('delegation_handles')
        .where({ delegation_id: id })
        .whereNotIn('hash', kept)
        .delete();
    });
  }

  /** Ends one. @returns whether it was pending or live */
  async end(id: string): Promise<EndedDelegation[]> {
    return this.#end(query => query.where({ id }), this.#knex);
  }

  /** Ends all of a person, or of everyone, at a datasource. @param except - the account whose delegations go on */
  async endAll(
    { datasourceId, subject }: { datasourceId: string; subject?: string },
    trx: Knex,
    { except }: { except?: string } = {},
  ): Promise<EndedDelegation[]> {
    return this.#end(query => {
      query.where({ datasource_id: datasourceId });
      if (subject !== undefined) query.where({ subject });
      // Pending ones name the account only when they are approved.
      if (except) query.whereNotNull('pin').whereNot({ pin: except });
    }, trx);
  }

  /** Removes all of a person. @returns those that were pending or live */
  async erase(subject: string, trx: Knex): Promise<EndedDelegation[]> {
    const ended = await this.#end(query => query.where({ subject }), trx);
    await trx(TABLE).where({ subject }).delete();
    return ended;
  }

  /** Ends those that are over. */
  async endExpired(): Promise<EndedDelegation[]> {
    return this.#end(
      query =>
        query
          .where({ status: 'live' })
          .where('ends_at', '<=', databaseNowOnce(this.#knex)),
      this.#knex,
    );
  }

  /**
   * Ends those whose plugin wasn't allowed for a day.
   *
   * @param isListed - whether a datasource with these consumers allows a plugin
   */
  async endUnlisted(
    isListed: (consumers: '*' | string[], plugin: string) => boolean,
  ): Promise<EndedDelegation[]> {
    const rows = await this.#knex(TABLE)
      .join('datasources', 'datasources.id', 'delegations.datasource_id')
      .where({ status: 'live' })
      .select('delegations.id', 'plugin', 'unlisted_at', 'consumers');
    const [listed, unlisted] = [true, false].map(wanted =>
      rows
        .filter(
          ({ consumers, plugin }) =>
            isListed(JSON.parse(consumers), plugin) === wanted,
        )
        .map(({ id }): string => id),
    );
    for (const id of listed)
      await this.#knex(TABLE)
        .where({ id })
        .whereNotNull('unlisted_at')
        .update({ unlisted_at: null });
    const ended: EndedDelegation[] = [];
    for (const id of unlisted) {
      await this.#knex(TABLE)
        .where({ id })
        .whereNull('unlisted_at')
        .update({ unlisted_at: databaseNow(this.#knex) });
      ended.push(
        ...(await this.#end(
          query =>
            query
              .where({ id })
              .whereRaw('unlisted_at < ? - ?', [
                databaseNowOnce(this.#knex),
                UNLISTED_PATIENCE,
              ]),
          this.#knex,
        )),
      );
    }
    return ended;
  }

  /** Removes what nobody answered, and what ended long ago. */
  async removeOld(): Promise<void> {
    const now = databaseNowOnce(this.#knex);
    await this.#knex(TABLE)
      .where({ status: 'pending' })
      .where('ends_at', '<=', now)
      .delete();
    await this.#knex(TABLE)
      .where({ status: 'ended' })
      .whereRaw('decided_at < ? - ?', [now, KEEP_ENDED])
      .delete();
  }

  async markUsed(id: string): Promise<void> {
    const now = databaseNowOnce(this.#knex);
    await this.#knex(TABLE)
      .where({ id })
      .where(query =>
        query
          .whereNull('last_used_at')
          .orWhereRaw('last_used_at < ? - ?', [now, USE_NOTED_EVERY]),
      )
      .update({ last_used_at: databaseNow(this.#knex) });
  }

  async #end(
    which: (query: Knex.QueryBuilder) => void,
    knex: Knex,
  ): Promise<EndedDelegation[]> {
    const query = knex(TABLE).whereIn('status', ['pending', 'live']);
    which(query);
    const rows = await query
      .update({ status: 'ended', decided_at: databaseNow(knex) })
      .returning(['id', 'datasource_id', 'subject', 'plugin']);
    return rows.map(toEnded);
  }

  #open() {
    return this.#rows()
      .whereIn('status', ['pending', 'live'])
      .where('ends_at', '>', databaseNow(this.#knex));
  }

  #rows() {
    return this.#knex(TABLE).select('*', {
      read_at: databaseNow(this.#knex),
    });
  }
}

function toEnded(row: any): EndedDelegation {
  return { id: row.id, key: keyOf(row), plugin: row.plugin };
}

function toDelegation(row: any): DelegationRow {
  return {
    id: row.id,
    key: keyOf(row),
    plugin: row.plugin,
    askHash: row.ask_hash,
    sealed: row.sealed,
    status: row.status,
    endsAt: toNumber(row.ends_at)!,
    createdAt: toNumber(row.created_at)!,
    decidedAt: toNumber(row.decided_at),
    lastUsedAt: toNumber(row.last_used_at),
    readAt: toNumber(row.read_at)!,
  };
}
