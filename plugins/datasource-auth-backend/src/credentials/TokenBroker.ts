import {
  isFromSettings,
  message,
} from 'backstage-plugin-datasource-auth-common';
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
import { SettingsCredentials } from './SettingsCredentials';
import { SharedRenewals } from './SharedRenewals';
import { TokenErrors } from './TokenErrors';
import { UnattendedRenewals } from './UnattendedRenewals';

export type { ServedToken } from './CredentialReader';
export type { BrokerMoment } from './Exchange';
export type { TokenNeed } from './freshness';

/*
 * How a credential is kept alive.
 *
 * A rotating refresh token can be used once. If it is used twice, many providers revoke the grant. If the response isn't
 * saved, the grant is lost. Replicas, crashes, slow providers and lost responses all lead to one of the two. The broker
 * prevents both with these invariants, and needs nothing but the database. `make docs` copies them to
 * docs/token-lifecycle.md:
 *
 * I1  Intent before request. The intent to use a refresh token is committed before the token is sent.
 * I2  One sender. Only the process with a running lease sends a generation of the refresh token.
 * I3  Commit before use. An access token is returned only after the database has confirmed that it is stored.
 * I4  A lost lease discards no response. Only the credential's ID and generation decide whether it is stored.
 * I5  A token is stored only in the grant it came from.
 * I6  Only a refusal (`invalid_grant`) of the current generation, without a spare, ends a credential. It stays encrypted
 *     until you replace or clear it.
 * I7  Callers don't end a refresh. It continues if they leave, abort or time out.
 * I8  A row never goes back. A process that remembers a higher generation of the same grant writes it again.
 *
 * No client can prevent two cases: a crash between the provider's rotation and our commit if the provider has no grace
 * period, and a process that pauses for longer than its lease between the start check and the socket.
 *
 * I1 and I2 are enforced in RenewalAttempt, I3 in CredentialRenewal, I4 and I5 in IssuedTokenRecorder, I6 in
 * recordRefusal, I7 in SharedRenewals, and I8 in LostCommits.
 */

/** How long a caller waits for a token by default. */
const CALLER_DEADLINE = 30_000;
/** Callers wait together if the first of them came this recently. */
const JOIN_WITHIN = 1_000;

/** Serves tokens and refreshes them. Nothing else hands out what a provider issued for a stored credential. */
export class TokenBroker {
  readonly #lookup: CredentialLookup;
  readonly #reader: CredentialReader;
  readonly #remembered: RememberedTokens;
  readonly #renewals: SharedRenewals;
  readonly #unattended: UnattendedRenewals;
  readonly #rejections: RejectionReports;
  readonly #errors: TokenErrors;
  readonly #fromSettings: SettingsCredentials;
  /** Callers that waited for one refresh share its result, which is decrypted once. */
  readonly #served = memoize((found: FoundCredential) =>
    this.#reader.serve(found),
  );

  /**
   * The result for callers of one copy who need nothing but a fresh token. Hundreds at once share one promise and one
   * deadline.
   */
  readonly #awaited = new WeakMap<
    CredentialCopy,
    { token: Promise<ServedToken>; since: number }
  >();

  constructor(options: {
    lookup: CredentialLookup;
    reader: CredentialReader;
    remembered: RememberedTokens;
    renewals: SharedRenewals;
    unattended: UnattendedRenewals;
    rejections: RejectionReports;
    errors: TokenErrors;
    fromSettings: SettingsCredentials;
  }) {
    this.#fromSettings = options.fromSettings;
    this.#lookup = options.lookup;
    this.#reader = options.reader;
    this.#remembered = options.remembered;
    this.#renewals = options.renewals;
    this.#unattended = options.unattended;
    this.#rejections = options.rejections;
    this.#errors = options.errors;
  }

  /**
   * Hands out a token: from memory while it is fresh, at once within the refresh window while one refresh runs in the
   * background, and after the refresh once it has expired. A failing refresh never withholds a valid token.
   *
   * @throws DatasourceNotConfiguredError, DatasourceNotAuthorizedError, DatasourceUnavailableError
   */
  async getToken(
    copy: CredentialCopy,
    need: TokenNeed = {},
    options: { deadline?: number } = {},
  ): Promise<ServedToken> {
    const { datasource } = copy;
    this.#lookup.assertUsable(copy.key, datasource);
    if (isFromSettings(datasource.record.settings.auth)) {
      try {
        return await this.#fromSettings.getToken(copy, need);
      } catch (error) {
        throw this.#errors.of(datasource, error);
      }
    }
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
    const { deadline } = options;
    return deadline === undefined && isPlain(need)
      ? this.#awaitTogether(copy, need)
      : this.#renew(copy, need, deadline);
  }

  #awaitTogether(copy: CredentialCopy, need: TokenNeed): Promise<ServedToken> {
    const since = performance.now();
    const awaited = this.#awaited.get(copy);
    if (awaited && since - awaited.since < JOIN_WITHIN) return awaited.token;
    const token = this.#renew(copy, need);
    this.#awaited.set(copy, { token, since });
    const end = () => {
      if (this.#awaited.get(copy)?.token === token) this.#awaited.delete(copy);
    };
    token.then(end, end);
    return token;
  }

  async #renew(
    copy: CredentialCopy,
    need: TokenNeed,
    deadline: number = CALLER_DEADLINE,
  ): Promise<ServedToken> {
    const { datasource } = copy;
    try {
      return this.#served(
        await withTimeout(
          deadline,
          this.#renewals.renew(copy.key, need, datasource),
          () =>
            this.#errors.unavailable(
              datasource,
              message('error.token.refreshing'),
            ),
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
   * Records that the API rejected a token for a route, whether or not the caller wants another one. If the API rejects
   * fresh tokens, that becomes the state of the datasource.
   */
  async rejected(
    served: ServedToken,
    route: string = '',
    now: number = served.row.readAt,
  ): Promise<void> {
    const { row, datasource } = served;
    if (isFromSettings(datasource.record.settings.auth)) {
      await this.#fromSettings.rejected(served, route);
      return;
    }
    await this.#rejections.rejected(row, route, now);
  }

  /**
   * Records that the API accepted a token, so it doesn't reject all of them.
   *
   * @param helped - the route that had rejected the previous token
   */
  async accepted(served: ServedToken, helped?: string): Promise<void> {
    await this.#rejections.accepted(served, helped);
  }

  /**
   * Does what changed settings or secrets require, at once and without a caller: retries what the provider refused with
   * the previous ones, and requests a new token if the request differs. Call it after a datasource was saved or its
   * declaration changed.
   *
   * @param by - the user who saved it, for the timeline
   */
  async settingsChanged(key: CredentialKey, by?: string): Promise<void> {
    await this.#unattended.settingsChanged(key, by);
  }

  /**
   * Refreshes what is due, and requests new tokens for changed settings, without a caller. Failures are recorded with
   * the credential.
   */
  async renewIfDue(key: CredentialKey): Promise<void> {
    await this.#unattended.renewIfDue(key);
  }

  /**
   * Waits for exchanges whose responses aren't stored yet, and starts none: a deployment is the most common crash.
   * Stops waiting for other replicas.
   */
  async drain(): Promise<void> {
    await this.#renewals.drain();
  }

  /** Returns a token that is still valid, for a caller whose refresh wasn't possible. */
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

/** Whether every fresh token will do. */
function isPlain({
  minValidity,
  rejected,
  person,
  by,
  newerThan,
}: TokenNeed): boolean {
  return [minValidity, rejected, person, by, newerThan].every(
    need => need === undefined,
  );
}

function holdsToken(
  copy: CredentialCopy,
): copy is CredentialCopy & ServedToken {
  return copy.row !== undefined && copy.payload !== undefined;
}
