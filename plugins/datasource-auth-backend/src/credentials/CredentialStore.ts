import { randomUUID } from 'node:crypto';
import { LastError } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import {
  databaseNow,
  databaseNowOnce,
  databaseNowPlus,
  statementStartPlus,
  toNumber,
} from '../database/database';
import { withNotification } from './ChangeFeed';
import { CredentialKey, SERVICE } from './CredentialKey';
import {
  CredentialRow,
  Generation,
  keyOf,
  StoredTokens,
  toCredential,
  tokenColumns,
} from './CredentialRow';
import { LEASE_MILLISECONDS } from './LeaseTimes';
import { RefreshTokenDoubt } from './refreshTokenDoubt';

/** A database that does not answer for so long is asked again: a connection may be dead without our knowing. */
const STATEMENT_MILLISECONDS = 5_000;

/** What happened to the request, for {@link CredentialStore.recordFailure}. */
export interface FailureRecord {
  error: Omit<LastError, 'at' | 'attempts'>;
  /** Milliseconds until the next attempt. */
  backOff: number;
  /** `presented_generation` afterwards: as it was before, or known to be answered. */
  presentedGeneration: number | null;
  /** What to think of the refresh token from now on; absent leaves that as it is. */
  refreshTokenDoubt?: RefreshTokenDoubt;
  /** Fingerprint of the settings and secrets with which it failed. */
  inputsHash?: string;
  /** Whether they are other ones than those of the failure before. */
  isRetriedWithChanges?: boolean;
}

/** A credential whose renewal is due, and since when. */
export interface DueCredential {
  key: CredentialKey;
  dueAt: number;
}

/** A lease that was taken: the row as it stands under it. */
export interface Lease {
  epoch: number;
}

/** The settings that a token is obtained for: hashes of where it goes, and of what is requested. */
export type Purpose = Pick<CredentialRow, 'binding'> & { requested: string };

/** A credential with which nothing was tried yet. */
const UNTRIED = {
  last_error: null,
  attempts: 0,
  next_attempt_at: null,
  lease_owner: null,
  lease_until: null,
  presented_generation: null,
};

/** In which order what is due is listed: no two have the same. */
const DUE_ORDER = ['refresh_due_at', 'datasource_id', 'subject'];

/** No token, and nothing of one. */
const EMPTY = {
  generation: 0,
  sealed: null,
  sealed_spare: null,
  scope: null,
  account: null,
  has_refresh_token: false,
  obtained_at: null,
  expires_at: null,
  refresh_expires_at: null,
  refresh_due_at: null,
  verified_at: null,
};

/** What a new grant does not inherit from the one before it. */
const FRESH = {
  ...UNTRIED,
  attempt_id: null,
  sealed_spare: null,
  presented_at: null,
};

/**
 * The credentials in the database. Each method is one statement whose WHERE says under which condition it may change
 * the row; the order of the statements is the TokenBroker's.
 */
export class CredentialStore {
  readonly #knex: Knex;
  readonly #lease: number;
  readonly #patience: number;

  constructor(options: {
    knex: Knex;
    /** How long a lease runs; only tests make it shorter. */
    leaseMilliseconds?: number;
  }) {
    this.#knex = options.knex;
    this.#lease = options.leaseMilliseconds ?? LEASE_MILLISECONDS;
    this.#patience = Math.min(STATEMENT_MILLISECONDS, this.#lease / 2);
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
      .timeout(this.#patience);
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
      .timeout(this.#patience);
  }

  /**
   * Empties a row for changed settings, where another token is obtained without a person. It is another grant from then
   * on (I5), due at once, and whoever is obtaining one under the old settings is not disturbed.
   */
  async startOver(row: CredentialRow, purpose: Purpose): Promise<boolean> {
    return this.#update(
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
        where.whereNot({ state: 'cleared' }).andWhere(this.#leaseIsFree()),
    );
  }

  /**
   * Lease and written intent in one statement (I1, I2). A lease of this very owner is no obstacle: an owner has one
   * exchange at a time for a credential, so that it is one whose taking was never confirmed.
   *
   * @returns the epoch, or nothing when somebody else holds the lease or the row moved on
   */
  async takeLease(
    row: CredentialRow,
    owner: string,
  ): Promise<Lease | undefined> {
    const now = databaseNow(this.#knex);
    const epoch = row.leaseEpoch + 1;
    const taken = await this.#update(
      row,
      {
        lease_owner: owner,
        lease_epoch: epoch,
        lease_until: databaseNowPlus(this.#knex, this.#lease),
        presented_generation: row.generation,
        presented_at: now,
      },
      where =>
        where
          .where({ lease_epoch: row.leaseEpoch })
          .andWhere(this.#leaseIsFree(owner)),
    );
    return taken ? { epoch } : undefined;
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
    const change = this.#generation(row)
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
      this.#patience,
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
    return this.#update(row, {
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
      .timeout(this.#patience);
    return updated === 1;
  }

  /** The refused credential makes way for its spare, which is renewed next: of its expiry nothing is known. */
  async promoteSpare(
    row: CredentialRow,
    sealed: string,
    spare: { refreshToken?: string; apiOrigins: string[] },
  ): Promise<boolean> {
    return this.#update(row, {
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
    return this.#update(
      row,
      {
        state: 'refused',
        reason,
        state_changed_at: databaseNow(this.#knex),
        state_changed_by: null,
        last_error: JSON.stringify(error),
        presented_generation: null,
        refresh_due_at: null,
        ...this.#leaseEnded(),
      },
      where => where.whereNull('sealed_spare'),
    );
  }

  /** Records a failure that does not end the credential, and gives the lease back if it is still ours. */
  async recordFailure(
    row: CredentialRow,
    lease: Lease,
    failure: FailureRecord,
  ): Promise<boolean> {
    const attempts = row.attempts + 1;
    const next = statementStartPlus(this.#knex, failure.backOff);
    return this.#update(
      row,
      {
        last_error: JSON.stringify({
          ...failure.error,
          at: row.readAt,
          attempts,
          inputsHash: failure.inputsHash,
        }),
        attempts,
        next_attempt_at: next,
        refresh_due_at: row.refreshDueAt === undefined ? null : next,
        ...((failure.isRetriedWithChanges ||
          (failure.refreshTokenDoubt &&
            failure.refreshTokenDoubt !== row.reason)) && {
          reason: failure.refreshTokenDoubt ?? null,
          state_changed_at: databaseNow(this.#knex),
        }),
        presented_generation: failure.presentedGeneration,
        ...this.#leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),
    );
  }

  /**
   * Lets a credential be tried again at once that failed with other settings or secrets. What is being presented, or was
   * since the row was read, is left alone.
   */
  async retry(row: CredentialRow): Promise<boolean> {
    return this.#update(
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
          .andWhere(this.#leaseIsFree()),
    );
  }

  /** Gives a lease back under which nothing was presented. */
  async releaseLease(row: CredentialRow, lease: Lease): Promise<boolean> {
    return this.#update(
      row,
      {
        presented_generation: row.presentedGeneration ?? null,
        ...this.#leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),
    );
  }

  /** Notes that the API rejects tokens as fast as they come. The credential itself is not touched. */
  async noteRejection(row: CredentialRow, error: LastError): Promise<void> {
    await this.#update(row, { last_error: JSON.stringify(error) });
  }

  /** Takes a noted rejection back, unless something else was noted since. */
  async forgetRejection(
    row: CredentialRow,
    noted: LastError,
  ): Promise<boolean> {
    return this.#update(row, { last_error: null }, where =>
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
    await this.#upsert(
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
    await this.#upsert(
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

  /** Notes that the credentials that plugins share were handed out. */
  async markUsed(datasourceIds: string[]): Promise<void> {
    await this.#knex('credentials')
      .where({ subject: SERVICE })
      .whereIn('datasource_id', datasourceIds)
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
      .andWhere(this.#leaseIsFree())
      .orderBy(DUE_ORDER)
      .limit(limit)
      .timeout(this.#patience);
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

  /** By the database's clock, whatever the clocks of replicas say. */
  #leaseIsFree(owner?: string) {
    return (free: Knex.QueryBuilder) => {
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<', databaseNow(this.#knex));
      if (owner) free.orWhere({ lease_owner: owner });
    };
  }

  /**
   * The end of a lease that leaves the generation as it is. The epoch moves on, so that whoever read the row under the
   * lease has to read it again: it may be refused now, or rest.
   */
  #leaseEnded() {
    return {
      lease_owner: null,
      lease_until: null,
      lease_epoch: this.#knex.raw('lease_epoch + 1'),
    };
  }

  /** The row, if it still holds this generation of this grant. */
  #generation(
    row: Pick<CredentialRow, 'key' | keyof Generation>,
  ): Knex.QueryBuilder {
    return this.#knex('credentials').where({
      ...keyColumns(row.key),
      credential_id: row.credentialId,
      generation: row.generation,
    });
  }

  async #update(
    row: Pick<CredentialRow, 'key' | keyof Generation>,
    columns: Record<string, unknown>,
    condition: (where: Knex.QueryBuilder) => Knex.QueryBuilder = w => w,
  ): Promise<boolean> {
    const updated = await condition(this.#generation(row))
      .update({ ...columns, changed_at: databaseNow(this.#knex) })
      .timeout(this.#patience);
    return updated === 1;
  }

  async #upsert(
    key: CredentialKey,
    columns: Record<string, unknown>,
    knex: Knex,
  ): Promise<void> {
    const all = { ...columns, changed_at: databaseNow(knex) };
    await knex('credentials')
      .insert({ ...keyColumns(key), lease_epoch: 0, ...all })
      .onConflict(['datasource_id', 'subject'])
      .merge(all);
  }
}

function keyColumns(key: CredentialKey) {
  return { datasource_id: key.datasourceId, subject: key.subject };
}
