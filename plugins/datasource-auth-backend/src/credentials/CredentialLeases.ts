import { LastError } from 'backstage-plugin-datasource-auth-common';
import {
  databaseNow,
  databaseNowPlus,
  statementStartPlus,
} from '../database/database';
import { CredentialRow } from './CredentialRow';
import { CredentialTable } from './CredentialTable';
import { RefreshTokenDoubt } from './refreshTokenDoubt';

/** A lease that was taken, with the row under it. */
export interface Lease {
  epoch: number;
}

/** The outcome of a request, for {@link CredentialLeases.recordFailure}. */
export interface FailureRecord {
  error: Omit<LastError, 'at' | 'attempts'>;
  /** Milliseconds until the next attempt. */
  backOff: number;
  /** The new `presented_generation`: unchanged, or none because the provider responded. */
  presentedGeneration: number | null;
  /** The new doubt about the refresh token. Unchanged when absent. */
  refreshTokenDoubt?: RefreshTokenDoubt;
  /** Fingerprint of the settings and secrets that failed. */
  inputsHash?: string;
  /** Whether they differ from those of the previous failure. */
  isRetriedWithChanges?: boolean;
  /** What is stored in place of a refused answer. Unchanged when absent. */
  sealedWithoutAnswer?: string;
}

/** Decides who may present a credential, and until when. Each method is one statement. */
export class CredentialLeases {
  readonly #table: CredentialTable;
  readonly #milliseconds: number;

  constructor(options: { table: CredentialTable; milliseconds: number }) {
    this.#table = options.table;
    this.#milliseconds = options.milliseconds;
  }

  /**
   * Writes lease and intent in one statement (I1, I2). The owner's own lease doesn't block it: an owner runs one
   * exchange at a time for a credential, so that lease was never confirmed.
   *
   * @returns the epoch, or undefined when another owner has the lease or the row changed
   */
  async take(row: CredentialRow, owner: string): Promise<Lease | undefined> {
    const now = databaseNow(this.#table.knex);
    const epoch = row.leaseEpoch + 1;
    const taken = await this.#table.update(
      row,
      {
        lease_owner: owner,
        lease_epoch: epoch,
        lease_until: databaseNowPlus(this.#table.knex, this.#milliseconds),
        presented_generation: row.generation,
        presented_at: now,
      },
      where =>
        where
          .where({ lease_epoch: row.leaseEpoch })
          .andWhere(this.#table.leaseIsFree(owner)),
    );
    return taken ? { epoch } : undefined;
  }

  /** Releases a lease under which nothing was presented. */
  async release(row: CredentialRow, lease: Lease): Promise<boolean> {
    return this.#table.update(
      row,
      {
        presented_generation: row.presentedGeneration ?? null,
        ...this.#table.leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),
    );
  }

  /** Records a failure that doesn't end the credential, and releases the lease if it is still ours. */
  async recordFailure(
    row: CredentialRow,
    lease: Lease,
    failure: FailureRecord,
  ): Promise<boolean> {
    const attempts = row.attempts + 1;
    const next = statementStartPlus(this.#table.knex, failure.backOff);
    return this.#table.update(
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
          state_changed_at: databaseNow(this.#table.knex),
        }),
        presented_generation: failure.presentedGeneration,
        ...(failure.sealedWithoutAnswer !== undefined && {
          sealed: failure.sealedWithoutAnswer,
          stage: null,
        }),
        ...this.#table.leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),
    );
  }
}
