import { randomUUID } from 'node:crypto';
import { LastError } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { databaseNow, databaseNowOnce, toNumber } from '../database/database';
import { withNotification } from './ChangeFeed';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLeases } from './CredentialLeases';
import {
  CredentialRow,
  EMPTY,
  FRESH,
  Generation,
  keyColumns,
  keyOf,
  StoredTokens,
  toCredential,
  tokenColumns,
  UNTRIED,
} from './CredentialRow';
import { CredentialTable } from './CredentialTable';
import { LEASE_MILLISECONDS } from './LeaseTimes';
import { TokenPayload } from './SealedTokens';

/** A credential whose refresh is due, and since when. */
export interface DueCredential {
  key: CredentialKey;
  dueAt: number;
}

/** The settings that a token was obtained for: hashes of its destination and its request. */
export type Purpose = Pick<CredentialRow, 'binding'> & { requested: string };

/** A new grant, as it is stored. */
export interface Grant {
  credentialId: string;
  binding: string;
  requested: string;
  tokens: StoredTokens;
  apiOrigins: string[];
  /** What the person agreed to, if it is theirs. */
  sealedTerms?: string;
  /** The user who approved it, if all plugins share it. */
  authorizedBy?: string;
  verifiedAt?: number;
  /** Why it can't be used although it is stored. */
  lastError?: LastError;
}

/** What a credential that ended leaves behind. */
interface Tombstone {
  credentialId: string;
  binding: string;
  reason: 'cleared' | 'settings_changed';
  by?: string;
}

/** Some of the people who are connected to a datasource. Default: all. */
export interface PersonalFilter {
  subject?: string;
  /** Only this grant, not a later one of the same person. */
  credentialId?: string;
}

/** Keys in one statement. Databases limit its parameters. */
const USED_AT_ONCE = 1_000;

/** Position in the list of due credentials. It is unique. */
const DUE_ORDER = ['refresh_due_at', 'datasource_id', 'subject'];

/**
 * Stores credentials in the database. Each method is one statement whose WHERE is the condition for the change.
 * TokenBroker decides their order.
 */
export class CredentialStore {
  readonly leases: CredentialLeases;
  readonly #knex: Knex;
  readonly #table: CredentialTable;

  constructor(options: {
    knex: Knex;
    /** Milliseconds; only tests shorten it. */
    leaseMilliseconds?: number;
  }) {
    const { knex, leaseMilliseconds = LEASE_MILLISECONDS } = options;
    this.#knex = knex;
    this.#table = new CredentialTable({ knex, leaseMilliseconds });
    this.leases = new CredentialLeases({
      table: this.#table,
      milliseconds: leaseMilliseconds,
    });
  }

  /** Returns the row, or undefined if no credential was ever obtained. */
  async read(
    key: CredentialKey,
    knex: Knex = this.#knex,
  ): Promise<CredentialRow | undefined> {
    const row = await knex('credentials')
      .select('*', { read_at: databaseNow(knex) })
      .where(keyColumns(key))
      .first()
      .timeout(this.#table.patience);
    return row && toCredential(row);
  }

  /** Returns one subject's credentials for several datasources, by datasource id. */
  async readMany(
    datasourceIds: string[],
    subject: string,
  ): Promise<Map<string, CredentialRow>> {
    // Joined, because PostgreSQL overestimates this list of IDs, and reads the whole table, if many people are connected
    // to one of them.
    const rows = await this.#knex('datasources')
      .join('credentials', 'credentials.datasource_id', 'datasources.id')
      .select('credentials.*', { read_at: databaseNow(this.#knex) })
      .where({ subject })
      .whereIn('datasources.id', datasourceIds);
    return new Map(
      rows.map(row => [row.datasource_id as string, toCredential(row)]),
    );
  }

  /** Returns all credentials of one person, in the order in which they are locked when all of them end. */
  async readOwn(subject: string): Promise<CredentialRow[]> {
    const rows = await this.#knex('credentials')
      .select('*', { read_at: databaseNow(this.#knex) })
      .where({ subject })
      .whereRaw(`subject <> 'service'`)
      .orderBy('datasource_id');
    return rows.map(toCredential);
  }

  /** Returns whether another person connected the same account. */
  async isAccountTaken(
    { datasourceId, subject }: CredentialKey,
    account: string,
  ): Promise<boolean> {
    const row = await this.#knex('credentials')
      .where({ datasource_id: datasourceId, account })
      .whereRaw(`subject <> 'service'`)
      .whereNot({ subject })
      .whereNot({ state: 'cleared' })
      .first('subject');
    return row !== undefined;
  }

  /** Returns how many people are connected to a datasource. */
  async countPersonal(datasourceId: string): Promise<number> {
    const [{ people }] = await this.#personal(datasourceId).count({
      people: '*',
    });
    return Number(people);
  }

  /** Returns the credentials of people who are connected to a datasource, by subject. */
  async listPersonal(
    datasourceId: string,
    page: { limit: number; after?: string },
  ): Promise<CredentialRow[]> {
    const query = this.#personal(datasourceId)
      .select('*', { read_at: databaseNow(this.#knex) })
      .orderBy('subject')
      .limit(page.limit);
    if (page.after !== undefined) query.where('subject', '>', page.after);
    const rows: unknown[] = await query;
    return rows.map(toCredential);
  }

  /** Returns people's credentials that nobody used for this time, since they were used last or connected. */
  async listUnused(
    milliseconds: number,
    page: { limit: number; after?: CredentialKey },
  ): Promise<CredentialRow[]> {
    return this.#pageOfPeople(page, query =>
      query
        .whereNot({ state: 'cleared' })
        .whereRaw('coalesce(last_used_at, state_changed_at) < ? - ?', [
          databaseNowOnce(this.#knex),
          Math.round(milliseconds),
        ]),
    );
  }

  /** Returns people's credentials that expire within this time, and that nothing refreshes. */
  async listExpiring(
    milliseconds: number,
    page: { limit: number; after?: CredentialKey },
  ): Promise<CredentialRow[]> {
    const now = databaseNowOnce(this.#knex);
    return this.#pageOfPeople(page, query =>
      query
        .where({ state: 'live', has_refresh_token: false })
        .whereRaw('expires_at > ?', [now])
        .whereRaw('expires_at <= ? + ?', [now, Math.round(milliseconds)]),
    );
  }

  /** Returns a page of people's credentials, in the order of their keys. */
  async #pageOfPeople(
    { limit, after }: { limit: number; after?: CredentialKey },
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<CredentialRow[]> {
    const query = narrow(
      this.#knex('credentials')
        .select('*', { read_at: databaseNow(this.#knex) })
        .whereRaw(`subject <> 'service'`),
    )
      .orderBy(['datasource_id', 'subject'])
      .limit(limit);
    if (after) {
      query.whereRaw('(datasource_id, subject) > (?, ?)', [
        ...[after.datasourceId, after.subject],
      ]);
    }
    const rows: unknown[] = await query;
    return rows.map(toCredential);
  }

  #personal(datasourceId: string, knex = this.#knex): Knex.QueryBuilder {
    return knex('credentials')
      .where({ datasource_id: datasourceId })
      .whereRaw(`subject <> 'service'`)
      .whereNot({ state: 'cleared' });
  }

  /** Returns some people's credentials of a datasource that haven't ended, and locks them for this transaction. */
  async lockPersonal(
    datasourceId: string,
    { subject, credentialId }: PersonalFilter,
    limit: number,
    trx: Knex,
  ): Promise<CredentialRow[]> {
    const query = this.#personal(datasourceId, trx)
      .select('*', { read_at: databaseNow(trx) })
      .orderBy('subject')
      .limit(limit)
      .forUpdate();
    if (subject !== undefined) query.where({ subject });
    if (credentialId !== undefined)
      query.where({ credential_id: credentialId });
    const rows: unknown[] = await query;
    return rows.map(toCredential);
  }

  /** Stores the tombstones of people's credentials. */
  async clearPersonal(
    keys: CredentialKey[],
    tombstone: Tombstone,
    trx: Knex,
  ): Promise<void> {
    await trx('credentials')
      .whereIn(
        ['datasource_id', 'subject'],
        keys.map(({ datasourceId, subject }) => [datasourceId, subject]),
      )
      .update({
        ...tombstoneColumns(trx, tombstone),
        last_used_at: null,
        changed_at: databaseNow(trx),
      });
  }

  /** Removes what a person who disconnected leaves behind, once every replica knows of it. */
  async removeDisconnected(milliseconds: number): Promise<number> {
    return (
      this.#knex('credentials')
        .whereRaw(`subject <> 'service'`)
        // As text, so that SQLite uses the index on such rows.
        .whereRaw(`state = 'cleared'`)
        .whereRaw('state_changed_at < ? - ?', [
          databaseNowOnce(this.#knex),
          Math.round(milliseconds),
        ])
        .delete()
    );
  }

  /** Inserts the row for a first request without a user, unless there is one. Generation 0: nothing was stored yet. */
  async insertEmpty(
    key: CredentialKey,
    { credentialId, ...settings }: Purpose & { credentialId: string },
  ): Promise<void> {
    await this.#knex('credentials')
      .insert({
        ...keyColumns(key),
        credential_id: credentialId,
        generation: 0,
        ...settings,
        has_refresh_token: false,
        state: 'live',
        attempts: 0,
        lease_epoch: 0,
        changed_at: databaseNow(this.#knex),
      })
      .onConflict(['datasource_id', 'subject'])
      .ignore()
      .timeout(this.#table.patience);
  }

  /**
   * Empties a row for changed settings, when a new token needs no user. The new grant (I5) is due at once, and doesn't
   * disturb a process that is obtaining a token under the old settings.
   */
  async startOver(row: CredentialRow, purpose: Purpose): Promise<boolean> {
    return this.#table.update(
      row,
      {
        ...UNTRIED,
        ...EMPTY,
        ...purpose,
        credential_id: randomUUID(),
        state: 'live',
        reason: null,
        refresh_due_at: databaseNow(this.#knex),
      },
      where =>
        where
          .whereNot({ state: 'cleared' })
          .andWhere(this.#table.leaseIsFree()),
    );
  }

  /**
   * Stores a token response, and notifies the other replicas. The lease doesn't matter (I4): only the grant and its
   * generation decide (I5).
   *
   * @returns the stored row, or undefined if it has another generation or grant
   */
  async storeTokens(
    row: Pick<CredentialRow, 'key' | keyof Generation>,
    attemptId: string,
    tokens: StoredTokens,
    apiOrigins: string[],
  ): Promise<CredentialRow | undefined> {
    const change = this.#table
      .generation(row)
      .update({
        ...tokenColumns(this.#knex, tokens),
        generation: row.generation + 1,
        attempt_id: attemptId,
        use_origins: JSON.stringify(apiOrigins),
        state: 'live',
        reason: null,
        ...UNTRIED,
        changed_at: databaseNow(this.#knex),
      })
      .returning('*');
    const [stored] = await withNotification(this.#knex, change).timeout(
      this.#table.patience,
    );
    // This statement already used the times.
    return stored && toCredential({ ...stored, read_at: stored.changed_at });
  }

  /** Writes a remembered generation over an older one of the same grant (I8). */
  async restore(
    row: CredentialRow,
    generation: number,
    attemptId: string | undefined,
    tokens: StoredTokens,
    apiOrigins: string[],
  ): Promise<boolean> {
    return this.#table.update(row, {
      ...tokenColumns(this.#knex, tokens),
      generation,
      attempt_id: attemptId ?? null,
      use_origins: JSON.stringify(apiOrigins),
      state: 'live',
      reason: null,
      ...UNTRIED,
    });
  }

  /** Keeps the second of two responses as a spare for the same grant. */
  async storeSpare(
    key: CredentialKey,
    credentialId: string,
    sealedSpare: string,
  ): Promise<boolean> {
    const updated = await this.#knex('credentials')
      .where({ ...keyColumns(key), credential_id: credentialId })
      .update({
        sealed_spare: sealedSpare,
        changed_at: databaseNow(this.#knex),
      })
      .timeout(this.#table.patience);
    return updated === 1;
  }

  /** Replaces the refused credential with its spare. It is due next, because its expiry is unknown. */
  async promoteSpare(
    row: CredentialRow,
    sealed: string,
    spare: Pick<TokenPayload, 'refreshToken' | 'answer' | 'apiOrigins'>,
  ): Promise<boolean> {
    return this.#table.update(row, {
      sealed,
      sealed_spare: null,
      stage: spare.answer ? 'answered' : null,
      has_refresh_token: spare.refreshToken !== undefined,
      use_origins: JSON.stringify(spare.apiOrigins),
      generation: row.generation + 1,
      state: 'live',
      reason: null,
      refresh_due_at: databaseNow(this.#knex),
      ...UNTRIED,
    });
  }

  /**
   * Ends a credential, only if the current generation was refused and there is no spare (I6). It stays sealed until it
   * is replaced or cleared.
   */
  async refuse(
    row: CredentialRow,
    reason: string,
    error: LastError & { inputsHash?: string },
  ): Promise<boolean> {
    return this.#table.update(
      row,
      {
        state: 'refused',
        reason,
        state_changed_at: databaseNow(this.#knex),
        state_changed_by: null,
        last_error: JSON.stringify(error),
        presented_generation: null,
        refresh_due_at: null,
        ...this.#table.leaseEnded(),
      },
      where => where.whereNull('sealed_spare'),
    );
  }

  /**
   * Allows an immediate attempt for a credential that failed with other settings or secrets. It leaves a token alone
   * that is being presented, or was since the row was read.
   */
  async retry(row: CredentialRow): Promise<boolean> {
    return this.#table.update(
      row,
      {
        state: 'live',
        reason: null,
        state_changed_at: databaseNow(this.#knex),
        state_changed_by: null,
        last_error: null,
        attempts: 0,
        next_attempt_at: null,
        refresh_due_at: databaseNow(this.#knex),
      },
      where =>
        where
          .whereNot({ state: 'cleared' })
          .where({ lease_epoch: row.leaseEpoch })
          .andWhere(this.#table.leaseIsFree()),
    );
  }

  /** Records that the API rejects fresh tokens. The credential itself doesn't change. */
  async noteRejection(row: CredentialRow, error: LastError): Promise<void> {
    await this.#table.update(row, { last_error: JSON.stringify(error) });
  }

  /** Removes a recorded rejection, unless something else was recorded since. */
  async forgetRejection(
    row: CredentialRow,
    noted: LastError,
  ): Promise<boolean> {
    return this.#table.update(row, { last_error: null }, where =>
      where.where({ last_error: JSON.stringify(noted) }),
    );
  }

  /** Stores a new grant in the row, with its own id and generation 1. Part of the Save transaction. */
  async replace(key: CredentialKey, grant: Grant, knex: Knex): Promise<void> {
    await this.#table.upsert(key, grantColumns(knex, grant), knex);
  }

  /**
   * Stores a new grant outside of a Save: only if the row is still the one that was read, or there still is none.
   *
   * @returns whether it was stored
   */
  async storeGrant(
    key: CredentialKey,
    row: CredentialRow | undefined,
    grant: Grant,
  ): Promise<boolean> {
    const columns = grantColumns(this.#knex, grant);
    if (row) {
      return this.#table.update(row, columns, where =>
        where.whereNot({ state: 'cleared' }),
      );
    }
    const inserted: unknown[] = await this.#knex('credentials')
      .insert({
        ...keyColumns(key),
        lease_epoch: 0,
        ...columns,
        changed_at: databaseNow(this.#knex),
      })
      .onConflict(['datasource_id', 'subject'])
      .ignore()
      .returning('credential_id')
      .timeout(this.#table.patience);
    return inserted.length === 1;
  }

  /** Stores a tombstone: nothing sealed, and no new token until a user obtains one. Part of the Save transaction. */
  async clear(
    key: CredentialKey,
    tombstone: Tombstone,
    knex: Knex,
  ): Promise<void> {
    await this.#table.upsert(key, tombstoneColumns(knex, tombstone), knex);
  }

  async markVerified(
    row: Pick<CredentialRow, 'key' | 'credentialId'>,
  ): Promise<void> {
    await this.#knex('credentials')
      .where({ ...keyColumns(row.key), credential_id: row.credentialId })
      .update({ verified_at: databaseNow(this.#knex) });
  }

  /** Records an earlier test of a credential that the same transaction stores. */
  async noteVerified(
    key: CredentialKey,
    at: number,
    knex: Knex,
  ): Promise<void> {
    await knex('credentials')
      .where({ ...keyColumns(key), state: 'live' })
      .update({ verified_at: at });
  }

  /** Records that credentials were handed out. */
  async markUsed(keys: CredentialKey[]): Promise<void> {
    for (let from = 0; from < keys.length; from += USED_AT_ONCE) {
      const some = keys.slice(from, from + USED_AT_ONCE);
      await this.#knex('credentials')
        .whereIn(
          ['datasource_id', 'subject'],
          some.map(({ datasourceId, subject }) => [datasourceId, subject]),
        )
        .update({ last_used_at: databaseNow(this.#knex) });
    }
  }

  /**
   * Lists credentials that are due and that no replica is refreshing, longest due first. Never people's own: those are
   * refreshed when they are used, however many sleep.
   */
  async listDue(
    limit: number,
    after?: DueCredential,
  ): Promise<DueCredential[]> {
    const query = this.#knex('credentials')
      .select('datasource_id', 'subject', 'refresh_due_at')
      .whereRaw(`subject = 'service'`)
      .where('refresh_due_at', '<=', databaseNowOnce(this.#knex))
      .andWhere(this.#table.leaseIsFree())
      .orderBy(DUE_ORDER)
      .limit(limit)
      .timeout(this.#table.patience);
    if (after) {
      query.whereRaw('(??, ??, ??) > (?, ?, ?)', [
        ...DUE_ORDER,
        ...[after.dueAt, after.key.datasourceId, after.key.subject],
      ]);
    }
    const rows = await query;
    return rows.map(row => ({
      key: keyOf(row),
      dueAt: toNumber(row.refresh_due_at)!,
    }));
  }
}

function grantColumns(knex: Knex, grant: Grant) {
  return {
    ...tokenColumns(knex, grant.tokens),
    ...FRESH,
    last_error: grant.lastError ? JSON.stringify(grant.lastError) : null,
    credential_id: grant.credentialId,
    sealed_terms: grant.sealedTerms ?? null,
    authorized_by: grant.authorizedBy ?? null,
    generation: 1,
    binding: grant.binding,
    requested: grant.requested,
    use_origins: JSON.stringify(grant.apiOrigins),
    state: 'live',
    reason: null,
    state_changed_at: databaseNow(knex),
    state_changed_by: null,
    verified_at: grant.verifiedAt ?? null,
    last_used_at: null,
  };
}

function tombstoneColumns(knex: Knex, tombstone: Tombstone) {
  return {
    ...FRESH,
    ...EMPTY,
    credential_id: tombstone.credentialId,
    binding: tombstone.binding,
    requested: null,
    state: 'cleared',
    reason: tombstone.reason,
    state_changed_at: databaseNow(knex),
    state_changed_by: tombstone.by ?? null,
  };
}
