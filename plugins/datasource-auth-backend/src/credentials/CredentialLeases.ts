import { LastError } from 'backstage-plugin-datasource-auth-common';
import {
  databaseNow,
  databaseNowPlus,
  statementStartPlus,
} from '../database/database';
import { CredentialRow } from './CredentialRow';
import { CredentialTable } from './CredentialTable';
import { RefreshTokenDoubt } from './refreshTokenDoubt';

/** A lease that was taken: the row as it stands under it. */
export interface Lease {
  epoch: number;
}

/** What happened to the request, for {@link CredentialLeases.recordFailure}. */
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

/** Who may present a credential, and until when. Each method is one statement. */
export class CredentialLeases {
  readonly #table: CredentialTable;
  readonly #milliseconds: number;

  constructor(options: {
    table: CredentialTable;
    /** How long a lease runs. */
    milliseconds: number;
  }) {
    this.#table = options.table;
    this.#milliseconds = options.milliseconds;
  }

  /**
   * Lease and written intent in one statement (I1, I2). A lease of this very owner is no obstacle: an owner has one
   * exchange at a time for a credential, so that it is one whose taking was never confirmed.
   *
   * @returns the epoch, or nothing when somebody else holds the lease or the row moved on
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

  /** Gives a lease back under which nothing was presented. */
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

  /** Records a failure that does not end the credential, and gives the lease back if it is still ours. */
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
        ...this.#table.leaseEnded(),
      },
      where => where.where({ lease_epoch: lease.epoch }),
    );
  }
}
