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

/** A credential whose renewal is due, and since when. */
export interface DueCredential {
  key: CredentialKey;
  dueAt: number;
}

/** The settings that a token is obtained for: hashes of where it goes, and of what is requested. */
export type Purpose = Pick<CredentialRow, 'binding'> & { requested: string };

/** In which order what is due is listed: no two have the same. */
const DUE_ORDER = ['refresh_due_at', 'datasource_id', 'subject'];

/**
 * The credentials in the database. Each method is one statement whose WHERE says under which condition it may change
 * the row; the order of the statements is the TokenBroker's.
 */
export class CredentialStore {
  readonly leases: CredentialLeases;
  readonly #knex: Knex;
  readonly #table: CredentialTable;

  constructor(options: {
    knex: Knex;
    /** How long a lease runs; only tests make it shorter. */
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

  /** The row, or nothing where no credential was ever obtained. */
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

  /** What one subject has for several datasources, by datasource id. */
  async readMany(
    datasourceIds: string[],
    subject: string,
  ): Promise<Map<string, CredentialRow>> {
    const rows = await this.#knex('credentials')
      .select('*', { read_at: databaseNow(this.#knex) })
      .where({ subject })
      .whereIn('datasource_id', datasourceIds);
    return new Map(
      rows.map(row => [row.datasource_id as string, toCredential(row)]),
    );
  }

  /** Makes the row for a first silent request, if there is none. Generation 0: nothing stored yet. */
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
   * Empties a row for changed settings, where another token is obtained without a person. It is another grant from then
   * on (I5), due at once, and whoever is obtaining one under the old settings is not disturbed.
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
   * Stores a token answer, and tells the other replicas. Not conditioned on the lease (I4): only the grant and its generation decide (I5).
   *
   * @returns the row as the database has it now; nothing where it holds another generation or grant
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
    // Times were taken in this very statement.
    return stored && toCredential({ ...stored, read_at: stored.changed_at });
  }

  /** Writes a remembered generation again over an older one of the same grant (I8). */
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

  /** Keeps an answer that came second as a spare for the same grant. */
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

  /** The refused credential makes way for its spare, which is renewed next: of its expiry nothing is known. */
  async promoteSpare(
    row: CredentialRow,
    sealed: string,
    spare: { refreshToken?: string; apiOrigins: string[] },
  ): Promise<boolean> {
    return this.#table.update(row, {
      sealed,
      sealed_spare: null,
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
   * Ends a credential: only a refusal at the current generation does, with no spare (I6). It stays sealed until replaced
   * or cleared.
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
   * Lets a credential be tried again at once that failed with other settings or secrets. What is being presented, or was
   * since the row was read, is left alone.
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

  /** Notes that the API rejects tokens as fast as they come. The credential itself is not touched. */
  async noteRejection(row: CredentialRow, error: LastError): Promise<void> {
    await this.#table.update(row, { last_error: JSON.stringify(error) });
  }

  /** Takes a noted rejection back, unless something else was noted since. */
  async forgetRejection(
    row: CredentialRow,
    noted: LastError,
  ): Promise<boolean> {
    return this.#table.update(row, { last_error: null }, where =>
      where.where({ last_error: JSON.stringify(noted) }),
    );
  }

  /** A new grant takes the row's place: its own id, generation 1. Part of the Save transaction. */
  async replace(
    key: CredentialKey,
    grant: {
      credentialId: string;
      binding: string;
      requested: string;
      tokens: StoredTokens;
      apiOrigins: string[];
      verifiedAt?: number;
    },
    knex: Knex,
  ): Promise<void> {
    await this.#table.upsert(
      key,
      {
        ...tokenColumns(knex, grant.tokens),
        ...FRESH,
        credential_id: grant.credentialId,
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
      },
      knex,
    );
  }

  /** A tombstone: nothing sealed, and nothing silent obtains again until a person does. Part of the Save transaction. */
  async clear(
    key: CredentialKey,
    tombstone: {
      credentialId: string;
      binding: string;
      reason: 'cleared' | 'settings_changed';
      by?: string;
    },
    knex: Knex,
  ): Promise<void> {
    await this.#table.upsert(
      key,
      {
        ...FRESH,
        ...EMPTY,
        credential_id: tombstone.credentialId,
        binding: tombstone.binding,
        requested: null,
        state: 'cleared',
        reason: tombstone.reason,
        state_changed_at: databaseNow(knex),
        state_changed_by: tombstone.by ?? null,
      },
      knex,
    );
  }

  async markVerified(
    row: Pick<CredentialRow, 'key' | 'credentialId'>,
  ): Promise<void> {
    await this.#knex('credentials')
      .where({ ...keyColumns(row.key), credential_id: row.credentialId })
      .update({ verified_at: databaseNow(this.#knex) });
  }

  /** Notes that credentials were handed out. */
  async markUsed(keys: CredentialKey[]): Promise<void> {
    await this.#knex('credentials')
      .whereIn(
        ['datasource_id', 'subject'],
        keys.map(({ datasourceId, subject }) => [datasourceId, subject]),
      )
      .update({ last_used_at: databaseNow(this.#knex) });
  }

  /** Credentials whose renewal is due and that nobody is renewing, longest due first. */
  async listDue(
    limit: number,
    after?: DueCredential,
  ): Promise<DueCredential[]> {
    const query = this.#knex('credentials')
      .select('datasource_id', 'subject', 'refresh_due_at')
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
