import { memoize } from '../settings/memoize';
import { withTimeout } from './awaiting';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLookup } from './CredentialLookup';
import { CredentialCopy, databaseClock } from './CredentialMemory';
import { isSameGeneration } from './CredentialRow';
import {
  CredentialReader,
  FoundCredential,
  ServedToken,
} from './CredentialReader';
import { isDue, TokenNeed } from './freshness';
import { RejectionReports } from './RejectionReports';
import { RememberedTokens } from './RememberedTokens';
import { SharedRenewals } from './SharedRenewals';
import { TokenErrors } from './TokenErrors';
import { UnattendedRenewals } from './UnattendedRenewals';

export type { ServedToken } from './CredentialReader';
export type { BrokerMoment } from './Exchange';
export type { TokenNeed } from './freshness';

/*
 * How a credential is kept alive.
 *
 * A rotating refresh token is worth exactly one presentation: presented twice, many providers revoke the whole grant;
 * presented and not saved, it is lost. Replicas, crashes, slow providers and lost replies all work towards one of the
 * two. The broker holds against them by these invariants, with nothing but the database:
 *
 * I1  Intent before wire. No refresh token is sent whose presentation is not committed first.
 * I2  One presenter. A generation is on the wire from at most one process whose lease runs.
 * I3  Commit before hand-out. An access token leaves only after the database acknowledged it.
 * I4  No answer is thrown away because of a lease. Only credential id and generation decide whether it is stored.
 * I5  A token lands only in the grant it came from.
 * I6  Only a refusal (`invalid_grant`) at the current generation, with no spare, ends a credential, and it stays
 *     sealed until it is replaced or cleared.
 * I7  A caller's departure, deadline or abort never ends an exchange. Callers wait for it until their own deadline; it
 *     goes on.
 * I8  A row never goes back. Whoever remembers a higher generation of the same grant writes it again (a failover to a
 *     stale standby).
 *
 * What no client can avoid: death between the provider's rotation and our commit where the provider gives no grace, and
 * a process stopped for longer than its lease between the start check and the socket.
 *
 * Where they are held: I1 and I2 in RenewalAttempt, I3 in CredentialRenewal, I4 and I5 in IssuedTokenRecorder, I6 in
 * recordRefusal, I7 in SharedRenewals, I8 in LostCommits.
 */

/** How long a caller waits for a token, unless it says otherwise. */
const CALLER_DEADLINE = 30_000;

/**
 * Serves tokens, and has them renewed: the one way to what a provider issued for a saved credential.
 */
export class TokenBroker {
  readonly #lookup: CredentialLookup;
  readonly #reader: CredentialReader;
  readonly #remembered: RememberedTokens;
  readonly #renewals: SharedRenewals;
  readonly #unattended: UnattendedRenewals;
  readonly #rejections: RejectionReports;
  readonly #errors: TokenErrors;
  /** All who waited for one renewal share what it brought: it is opened once. */
  readonly #served = memoize((found: FoundCredential) =>
    this.#reader.serve(found),
  );

  constructor(options: {
    lookup: CredentialLookup;
    reader: CredentialReader;
    remembered: RememberedTokens;
    renewals: SharedRenewals;
    unattended: UnattendedRenewals;
    rejections: RejectionReports;
    errors: TokenErrors;
  }) {
    this.#lookup = options.lookup;
    this.#reader = options.reader;
    this.#remembered = options.remembered;
    this.#renewals = options.renewals;
    this.#unattended = options.unattended;
    this.#rejections = options.rejections;
    this.#errors = options.errors;
  }

  /**
   * Hands out a token: from memory while it is fresh, at once within the refresh window with one renewal behind it, and
   * after the renewal once it has expired. A failing renewal never withholds a token that is still valid.
   *
   * @throws DatasourceNotConfiguredError, DatasourceNotAuthorizedError, DatasourceUnavailableError
   */
  async getToken(
    copy: CredentialCopy,
    need: TokenNeed = {},
    options: { deadline?: number } = {},
  ): Promise<ServedToken> {
    const { datasource } = copy;
    this.#lookup.assertUsable(datasource);
    if (holdsToken(copy)) {
      const { row } = copy;
      const now = databaseClock(copy);
      this.#remembered.observe(row);
      if (need.rejected && isSameGeneration(row, need.rejected)) {
        await this.rejected(copy, need.route, now);
      }
      if (
        !this.#remembered.newerThan(row) &&
        this.#reader.satisfies(copy, need, now)
      ) {
        if (isDue(row, now)) this.#unattended.renewBehind(copy.key);
        return copy;
      }
    }
    try {
      return this.#served(
        await withTimeout(
          options.deadline ?? CALLER_DEADLINE,
          this.#renewals.renew(copy.key, need, datasource),
          () =>
            this.#errors.unavailable(datasource, 'It is still being renewed'),
        ),
      );
    } catch (error) {
      const living =
        need.newerThan === undefined && (await this.#living(copy, need));
      if (living) return living;
      throw this.#errors.of(datasource, error);
    }
  }

  /**
   * Notes that the API rejected a token for a route, whether or not another one is wanted. Where tokens are rejected as
   * fast as they come, that becomes the state of the datasource.
   */
  async rejected(
    { row }: ServedToken,
    route: string = '',
    now: number = row.readAt,
  ): Promise<void> {
    await this.#rejections.rejected(row, route, now);
  }

  /**
   * Notes that the API accepted a token: it does not reject all of them.
   *
   * @param helped - the route that had rejected the token before this one
   */
  async accepted(served: ServedToken, helped?: string): Promise<void> {
    await this.#rejections.accepted(served, helped);
  }

  /**
   * Does at once, and without a caller, what changed settings or secrets ask for: tries again what the provider refused
   * with the ones before, and requests anew what they request otherwise. To be called after a datasource was saved or
   * declared anew.
   */
  async settingsChanged(key: CredentialKey): Promise<void> {
    await this.#unattended.settingsChanged(key);
  }

  /**
   * Renews what is due, and requests anew what the settings now request otherwise, without a caller. Failures are recorded
   * with the credential.
   */
  async renewIfDue(key: CredentialKey): Promise<void> {
    await this.#unattended.renewIfDue(key);
  }

  /**
   * Waits for exchanges whose answers are not stored yet, and begins none: a deploy is the commonest crash. What waits
   * for others is given up.
   */
  async drain(): Promise<void> {
    await this.#renewals.drain();
  }

  /** What there is for a caller for whom nothing could be renewed: a token that still lives. */
  async #living(
    copy: CredentialCopy,
    need: TokenNeed,
  ): Promise<ServedToken | undefined> {
    const found = await this.#lookup.find(copy.key).catch(() =>
      copy.row
        ? {
            datasource: copy.datasource,
            row: { ...copy.row, readAt: databaseClock(copy) },
          }
        : undefined,
    );
    return found && this.#reader.stillLives(found, need, found.row.readAt)
      ? this.#reader.serve(found)
      : undefined;
  }
}

function holdsToken(
  copy: CredentialCopy,
): copy is CredentialCopy & ServedToken {
  return copy.row !== undefined && copy.payload !== undefined;
}
