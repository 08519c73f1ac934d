import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityKind, ActivityStore } from '../activity/ActivityStore';
import {
  coversOrigins,
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { useOrigins } from '../datasources/binding';
import { isRenewable, missingParameters } from '../datasources/status';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { ProviderClient, TokenAnswer } from '../oauth/ProviderClient';
import { backOff } from './backOff';
import { ChangeFeed } from './ChangeFeed';
import {
  CredentialCopy,
  CredentialMemory,
  databaseClock,
} from './CredentialMemory';
import { CredentialRow, CredentialStore, Lease } from './CredentialStore';
import { ProviderCircuit } from './ProviderCircuit';
import { RememberedTokens } from './RememberedTokens';
import { SealedTokens, TokenPayload } from './SealedTokens';

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
 */

/** What a caller needs of a token. Times are milliseconds. */
export interface TokenNeed {
  /** How long the token has to live yet, clamped to half of its lifetime. */
  minValidity?: number;
  /** A token that the API rejected: another one is needed. */
  rejectedToken?: string;
  /** Somebody asked for it by hand: neither limiter nor back-off holds him up. */
  person?: boolean;
  /** Another generation than this one is needed, however fresh it is. */
  newerThan?: number;
}

/** A token that may leave the backend, with what it is for. */
export interface ServedToken {
  payload: TokenPayload;
  row: CredentialRow;
  datasource: LoadedDatasource;
}

/** Where a test can hold an exchange, to break it there on purpose. */
export type BrokerMoment =
  | 'intent'
  | 'send'
  | 'answer'
  | 'commit'
  | 'committed';

/** How long a caller waits for a token, unless it says otherwise. */
const CALLER_DEADLINE = 30_000;
/** A request must be on its way this long after its lease was taken. */
const START_WITHIN = 5_000;
/** How often a process looks whether the holder of a lease is done. */
const CHANGE_POLL = 100;
/** Waiting for others ends here: leases run for a minute, so somebody's would have run out twice. */
const PATIENCE = 150_000;
const DEFAULT_MIN_VALIDITY = 5_000;
const LIMITER_FLOOR = 10_000;
const LIMITER_SHARE = 0.1;
/** How long shutdown waits for exchanges whose answer is not stored yet. */
const DRAIN = 30_000;

/**
 * Serves tokens and renews them: the one place that talks to a provider about a saved credential.
 */
export class TokenBroker {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #memory: CredentialMemory;
  readonly #feed: ChangeFeed;
  readonly #activity: ActivityStore;
  readonly #tokens: SealedTokens;
  readonly #client: ProviderClient;
  readonly #logger: LoggerService;
  readonly #window: number;
  readonly #pageUrl: string;
  readonly #isQuarantined: () => boolean;
  readonly #onChanged: (datasourceId: string) => Promise<void>;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #owner = randomUUID();
  readonly #flights = new Map<string, Promise<CredentialRow>>();
  readonly #remembered = new RememberedTokens();
  readonly #circuit = ProviderCircuit.create();
  #draining = false;

  static create(options: {
    datasources: Datasources;
    store: CredentialStore;
    memory: CredentialMemory;
    feed: ChangeFeed;
    activity: ActivityStore;
    tokens: SealedTokens;
    client: ProviderClient;
    logger: LoggerService;
    /** How long before expiry a token is renewed, at most. Milliseconds. */
    window: number;
    pageUrl: string;
    isQuarantined: () => boolean;
    /** Called after a credential's row changed. */
    onChanged: (datasourceId: string) => Promise<void>;
    /** Only for fault tests. */
    hold?: (moment: BrokerMoment) => Promise<void>;
  }): TokenBroker {
    return new TokenBroker(options);
  }

  private constructor(options: Parameters<typeof TokenBroker.create>[0]) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#memory = options.memory;
    this.#feed = options.feed;
    this.#activity = options.activity;
    this.#tokens = options.tokens;
    this.#client = options.client;
    this.#logger = options.logger;
    this.#window = options.window;
    this.#pageUrl = options.pageUrl;
    this.#isQuarantined = options.isQuarantined;
    this.#onChanged = options.onChanged;
    this.#hold = options.hold ?? (async () => {});
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
    const { datasource, row, payload } = copy;
    this.#assertUsable(datasource);
    const now = databaseClock(copy);
    if (row && payload && this.#satisfies(datasource, row, need, now)) {
      if (isDue(row, now)) this.#renewBehind(datasource.record.id);
      return { datasource, row, payload };
    }
    try {
      return this.#serve(
        datasource,
        await withDeadline(
          this.#renewed(datasource, need),
          options.deadline ?? CALLER_DEADLINE,
          () => this.#unavailable(datasource, 'Renewal is still running'),
        ),
      );
    } catch (error) {
      const current = await this.#store.read(datasource.record.id);
      if (
        current &&
        need.newerThan === undefined &&
        this.#stillLives(datasource, current, need, current.readAt)
      ) {
        return this.#serve(datasource, current);
      }
      throw error;
    }
  }

  /** Renews what is due, without a caller. Used by the sweeper; failures are recorded with the credential. */
  async renewIfDue(datasourceId: string): Promise<void> {
    try {
      const row = await this.#store.read(datasourceId);
      if (!row || !isDue(row, row.readAt)) return;
      await this.#fly(datasourceId, { newerThan: row.generation });
    } catch (error) {
      this.#logger.debug(
        `Renewal of datasource ${datasourceId} did not succeed: ${nameOf(
          error,
        )}`,
      );
    }
  }

  /** Waits for exchanges whose answers are not stored yet: a deploy is the commonest crash. */
  async drain(): Promise<void> {
    this.#draining = true;
    await Promise.race([
      Promise.allSettled([...this.#flights.values()]),
      sleep(DRAIN, undefined, { ref: false }),
    ]);
  }

  #renewBehind(id: string) {
    if (this.#flights.has(id)) return;
    this.renewIfDue(id).catch(() => {});
  }

  async #renewed(
    datasource: LoadedDatasource,
    need: TokenNeed,
  ): Promise<CredentialRow> {
    const { id } = datasource.record;
    const joined = this.#flights.has(id);
    const row = await this.#fly(id, need);
    return joined && !this.#satisfies(datasource, row, need, row.readAt)
      ? this.#fly(id, need)
      : row;
  }

  /** One renewal per process and datasource; whoever comes while it runs shares it. */
  #fly(id: string, need: TokenNeed): Promise<CredentialRow> {
    const running = this.#flights.get(id);
    if (running) return running;
    const flight = this.#refresh(id, need).finally(() => {
      this.#flights.delete(id);
    });
    this.#flights.set(id, flight);
    return flight;
  }

  async #refresh(id: string, need: TokenNeed): Promise<CredentialRow> {
    const patience = performance.now() + PATIENCE;
    for (;;) {
      const datasource = await this.#datasources.findById(id);
      if (!datasource) throw notFound(id);
      this.#assertUsable(datasource);

      const row = await this.#store.read(id);
      if (!row) {
        this.#assertSilent(datasource);
        await this.#store.insertEmpty(
          id,
          randomUUID(),
          datasource.record.binding,
        );
        continue;
      }
      if (await this.#restoreForgotten(row)) continue; // I8
      if (this.#satisfies(datasource, row, need, row.readAt)) return row; // somebody did it
      if (await this.#assertRenewable(datasource, row, need)) continue;

      const host = hostOfProvider(datasource);
      const rest = need.person ? 0 : this.#circuit.wait(host);
      if (rest > 0) {
        throw this.#unavailable(
          datasource,
          `${host} did not answer several times in a row`,
          row.readAt + rest,
        );
      }
      const lease = await this.#store.takeLease(row, this.#owner); // I1, I2
      if (!lease) {
        this.#circuit.cancel(host);
        if (performance.now() > patience) {
          throw this.#unavailable(datasource, 'Another replica is renewing it');
        }
        await this.#feed.change(id, CHANGE_POLL);
        continue;
      }
      await this.#hold('intent');
      if (await this.#exchange(datasource, row, lease)) {
        const renewed = await this.#store.read(id);
        if (renewed?.sealed) return renewed; // I3: read back from the database
      }
    }
  }

  /** Says why a row cannot be renewed now; answers true when the row was changed and has to be read again. */
  async #assertRenewable(
    datasource: LoadedDatasource,
    row: CredentialRow,
    need: TokenNeed,
  ): Promise<boolean> {
    const { record } = datasource;
    if (row.binding !== record.binding) {
      if (row.state === 'live' && !row.sealed) {
        await this.#store.rebindEmpty(row, record.binding);
        return true;
      }
      // Never deleted by a difference in configuration: a roll-back finds the credential again.
      throw this.#notAuthorized(
        datasource,
        'has settings that changed since its credential was obtained',
      );
    }
    if (row.state !== 'live') {
      throw this.#notAuthorized(
        datasource,
        row.state === 'cleared'
          ? 'was cleared'
          : `must be authorized again (${row.reason ?? 'refused'}${since(
              row.stateChangedAt,
            )})`,
      );
    }
    if (row.sealed && !coversOrigins(record, row)) {
      throw this.#notAuthorized(
        datasource,
        'has a base URL or allowed hosts that changed since its credential was obtained',
      );
    }
    if (!isRenewable(record.settings, row)) {
      throw this.#notAuthorized(
        datasource,
        row.sealed
          ? 'has an expired token and no refresh token'
          : 'has no credential yet',
      );
    }
    if (need.person) return false;
    const limit = limiterOf(row);
    if (row.obtainedAt !== undefined && row.readAt < row.obtainedAt + limit) {
      await this.#noteRejectedFresh(row);
      throw this.#unavailable(
        datasource,
        'The API rejects fresh tokens',
        row.obtainedAt + limit,
      );
    }
    if (row.nextAttemptAt !== undefined && row.readAt < row.nextAttemptAt) {
      throw this.#unavailable(
        datasource,
        row.lastError?.title ?? 'Renewal failed',
        row.nextAttemptAt,
        row,
      );
    }
    return false;
  }

  /** One exchange under a lease. Answers whether the row is as needed; false means: look again. */
  async #exchange(
    datasource: LoadedDatasource,
    row: CredentialRow,
    lease: Lease,
  ): Promise<boolean> {
    const previous = row.sealed ? this.#open(row, row.sealed) : undefined;
    const host = hostOfProvider(datasource);
    let answer: TokenAnswer;
    try {
      answer = await this.#ask(datasource, previous);
      this.#circuit.report(host, true);
    } catch (error) {
      this.#circuit.report(host, didAnswer(error));
      return this.#failed(datasource, row, lease, error);
    }
    await this.#hold('answer');
    return this.#keep(datasource, row, previous, answer);
  }

  async #ask(
    datasource: LoadedDatasource,
    previous: TokenPayload | undefined,
  ): Promise<TokenAnswer> {
    const context = this.#datasources.providerContext(
      datasource,
      previous?.kept,
    );
    const options = { startWithin: START_WITHIN };
    await this.#hold('send');
    return usesRefreshToken(datasource) && previous?.refreshToken
      ? this.#client.refresh(
          context,
          {
            refreshToken: previous.refreshToken,
            accessToken: previous.accessToken,
          },
          options,
        )
      : this.#client.requestToken(context, options);
  }

  /** Stores an answer, whatever became of the lease (I4), and only in its own grant (I5). */
  async #keep(
    datasource: LoadedDatasource,
    row: CredentialRow,
    previous: TokenPayload | undefined,
    answer: TokenAnswer,
  ): Promise<boolean> {
    const { record } = datasource;
    const attemptId = randomUUID();
    const origins = [...useOrigins(record.settings)];
    const window =
      record.settings.auth.refreshBeforeExpirySeconds === undefined
        ? this.#window
        : record.settings.auth.refreshBeforeExpirySeconds * 1000;
    const stored = () =>
      this.#tokens.fromAnswer(answer, this.#place(row, 'sealed'), {
        previous: previous && {
          ...previous,
          scope: row.scope,
          account: row.account,
        },
        window,
        renewable: hasRefreshToken =>
          isRenewable(record.settings, { hasRefreshToken }),
        now: Date.now(),
      });
    this.#remembered.remember(row, attemptId, stored, origins);

    await this.#hold('commit');
    const committed = await this.#untilAnswered(async () => {
      if (await this.#store.storeTokens(row, attemptId, stored(), origins)) {
        return true;
      }
      const current = await this.#store.read(row.datasourceId);
      // A COMMIT whose reply was lost: the row already bears this attempt.
      if (current?.attemptId === attemptId) return true;
      return current?.credentialId === row.credentialId ? 'second' : 'foreign';
    });
    await this.#hold('committed');
    if (committed === true) {
      await this.#note(row.datasourceId, 'refreshed', {
        rotated:
          previous?.refreshToken !== undefined &&
          answer.refreshToken !== undefined &&
          answer.refreshToken !== previous.refreshToken,
      });
      await this.#changed(row.datasourceId);
      return true;
    }
    this.#remembered.forget(row.datasourceId);
    if (committed === 'foreign') {
      throw this.#notAuthorized(
        datasource,
        'was cleared, replaced or deleted while it was renewed',
      );
    }
    // Somebody else stored another answer for the same grant: theirs counts, ours is kept in case theirs is refused.
    const spare = this.#tokens.seal(
      {
        accessToken: answer.accessToken,
        refreshToken: answer.refreshToken ?? previous?.refreshToken,
        tokenType: answer.tokenType,
        kept: answer.kept,
      },
      this.#place(row, 'sealed_spare'),
    );
    await this.#untilAnswered(() =>
      this.#store.storeSpare(row.datasourceId, row.credentialId, spare),
    );
    return false;
  }

  async #failed(
    datasource: LoadedDatasource,
    row: CredentialRow,
    lease: Lease,
    error: unknown,
  ): Promise<boolean> {
    if (!(error instanceof OAuthExchangeError)) throw error;
    const { diagnosis, outcome } = error;
    if (outcome === 'refused') return this.#refused(datasource, row, error);

    const presentedGeneration = {
      not_sent: row.presentedGeneration ?? null,
      answered: null,
      silent: row.generation,
    }[outcome];
    const delay = backOff(row.attempts + 1, diagnosis, error.retryAt);
    await this.#untilAnswered(() =>
      this.#store.recordFailure(row, lease, {
        error: lastErrorOf(error),
        backOff: delay,
        presentedGeneration,
      }),
    );
    await this.#note(row.datasourceId, 'refresh_failed', {
      code: diagnosis.code,
      attempt: row.attempts + 1,
    });
    await this.#changed(row.datasourceId);
    this.#logger.warn(
      `Renewing the token of datasource '${datasource.record.name}' failed: ${
        diagnosis.title
      } (${diagnosis.code}). Next attempt in ${Math.round(delay / 1000)} s.`,
    );
    throw this.#unavailable(
      datasource,
      diagnosis.title,
      row.readAt + delay,
      undefined,
      error,
    );
  }

  async #refused(
    datasource: LoadedDatasource,
    row: CredentialRow,
    error: OAuthExchangeError,
  ): Promise<boolean> {
    const current = await this.#store.read(row.datasourceId);
    if (
      current?.sealedSpare &&
      current.credentialId === row.credentialId &&
      current.generation === row.generation
    ) {
      const spare = this.#tokens.open(
        current.sealedSpare,
        this.#place(row, 'sealed_spare'),
      );
      await this.#store.promoteSpare(
        row,
        this.#tokens.seal(spare, this.#place(row, 'sealed')),
        spare.refreshToken !== undefined,
      );
      return false;
    }
    // A predecessor presented this very token and never said what came back.
    const unsure =
      usesRefreshToken(datasource) &&
      row.generation > 0 &&
      row.presentedGeneration === row.generation;
    const reason = unsure ? 'interrupted' : error.diagnosis.code;
    const ended = await this.#untilAnswered(() =>
      this.#store.refuse(row, reason, {
        ...lastErrorOf(error),
        at: row.readAt,
        attempts: row.attempts + 1,
      }),
    );
    if (!ended) return false; // somebody rotated
    await this.#note(row.datasourceId, 'refused', { code: reason });
    await this.#changed(row.datasourceId);
    this.#logger.warn(
      `Datasource '${datasource.record.name}' must be authorized again: ${error.diagnosis.title} (${reason}).`,
    );
    throw this.#notAuthorized(
      datasource,
      `must be authorized again (${reason})`,
      error,
    );
  }

  async #restoreForgotten(row: CredentialRow): Promise<boolean> {
    const remembered = this.#remembered.newerThan(row);
    if (!remembered) return false;
    await this.#store.restore(
      row,
      remembered.generation,
      remembered.attemptId,
      remembered.tokens(),
      remembered.origins,
    );
    this.#logger.warn(
      `The database forgot a renewed token of datasource ${row.datasourceId} (a failover to a stale standby?); it was written again`,
    );
    return true;
  }

  /** Repeats a write until the database answers: a rotated token must not be lost to a restart of the database. */
  async #untilAnswered<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        if (this.#draining && attempt > 60) throw error;
        this.#logger.warn(
          `The database did not take a renewed token (${nameOf(
            error,
          )}); trying again`,
        );
        await sleep(Math.min(100 * 2 ** attempt, 2_000));
      }
    }
  }

  #satisfies(
    datasource: LoadedDatasource,
    row: CredentialRow,
    need: TokenNeed,
    now: number,
  ): boolean {
    if (!this.#stillLives(datasource, row, need, now)) return false;
    if (need.newerThan !== undefined && row.generation <= need.newerThan) {
      return false;
    }
    if (row.expiresAt === undefined) return true;
    const lifetime = row.expiresAt - (row.obtainedAt ?? row.expiresAt);
    const minValidity = Math.min(
      need.minValidity ?? DEFAULT_MIN_VALIDITY,
      lifetime / 2,
    );
    return (
      row.expiresAt - now > minValidity ||
      // What was renewed a moment ago cannot be had any fresher.
      (row.obtainedAt !== undefined &&
        !need.person &&
        now < row.obtainedAt + limiterOf(row))
    );
  }

  /** Whether the stored token may be handed out at all: right place, not expired, not the one that was rejected. */
  #stillLives(
    datasource: LoadedDatasource,
    row: CredentialRow,
    need: TokenNeed,
    now: number,
  ): boolean {
    if (!row.sealed || row.state === 'cleared') return false;
    if (row.binding !== datasource.record.binding) return false;
    if (!coversOrigins(datasource.record, row)) return false;
    const recent =
      row.state === 'live' &&
      row.obtainedAt !== undefined &&
      now < row.obtainedAt + limiterOf(row);
    if (row.expiresAt !== undefined && row.expiresAt <= now && !recent) {
      return false;
    }
    return (
      need.rejectedToken === undefined ||
      this.#open(row, row.sealed).accessToken !== need.rejectedToken
    );
  }

  #serve(datasource: LoadedDatasource, row: CredentialRow): ServedToken {
    return { datasource, row, payload: this.#open(row, row.sealed!) };
  }

  #open(row: CredentialRow, sealed: string): TokenPayload {
    return this.#tokens.open(sealed, this.#place(row, 'sealed'));
  }

  #place(row: CredentialRow, column: 'sealed' | 'sealed_spare') {
    return { credentialId: row.credentialId, column, binding: row.binding };
  }

  async #noteRejectedFresh(row: CredentialRow): Promise<void> {
    if (row.lastError?.code === 'rejected_by_api') return;
    await this.#store.noteRejection(row, {
      code: 'rejected_by_api',
      title: 'The API rejects fresh tokens',
      cause:
        'A token was rejected within seconds of being issued, so renewing it does not help.',
      remedy:
        'Check the scopes, the audience and the base URL, then get a new credential.',
      at: row.readAt,
      attempts: 1,
    });
    await this.#changed(row.datasourceId);
  }

  /** The timeline is good to have; a renewal does not fail for it. */
  async #note(
    datasourceId: string,
    kind: ActivityKind,
    details: JsonObject,
  ): Promise<void> {
    await this.#activity
      .record(datasourceId, { kind, details })
      .catch(() => {});
  }

  async #changed(datasourceId: string): Promise<void> {
    this.#memory.drop(datasourceId);
    await this.#feed.announce(datasourceId);
    try {
      await this.#onChanged(datasourceId);
    } catch (error) {
      this.#logger.warn(
        `The status of datasource ${datasourceId} could not be noted: ${nameOf(
          error,
        )}`,
      );
    }
  }

  #assertUsable(datasource: LoadedDatasource) {
    const { record, unreadable } = datasource;
    const missing = missingParameters(
      record.settings,
      new Set([
        ...Object.keys(record.secretInfos),
        ...datasource.secrets.keys(),
      ]),
    );
    if (missing.length > 0) {
      throw new DatasourceNotConfiguredError(
        `Datasource '${record.name}' is not configured. Missing: ${missing.join(
          ', ',
        )}. Open ${this.#link(datasource)}`,
        { link: this.#link(datasource) },
      );
    }
    if (unreadable) throw this.#unavailable(datasource, unreadable.message);
    if (this.#isQuarantined()) {
      throw this.#unavailable(
        datasource,
        'This database was started under another callback URL, and its credentials rest until datasourceAuth.adoptCredentials names the new one',
      );
    }
  }

  /** A first token without a person: only for declared datasources; others are obtained on the page first. */
  #assertSilent(datasource: LoadedDatasource) {
    if (
      datasource.record.source !== 'config' ||
      !isRenewable(datasource.record.settings)
    ) {
      throw this.#notAuthorized(datasource, 'has no credential yet');
    }
  }

  #notAuthorized(
    datasource: LoadedDatasource,
    what: string,
    error?: OAuthExchangeError,
  ): DatasourceNotAuthorizedError {
    const link = this.#link(datasource);
    return new DatasourceNotAuthorizedError(
      `Datasource '${datasource.record.name}' ${what}. Open ${link}`,
      { link, diagnosis: error?.diagnosis },
    );
  }

  #unavailable(
    datasource: LoadedDatasource,
    why: string,
    retryAt?: number,
    row?: CredentialRow,
    error?: OAuthExchangeError,
  ): DatasourceUnavailableError {
    const link = this.#link(datasource);
    const code = error?.diagnosis.code ?? row?.lastError?.code;
    return new DatasourceUnavailableError(
      `No token for datasource '${datasource.record.name}' now: ${why}${
        code ? ` (${code})` : ''
      }. See ${link}`,
      { link, retryAt, diagnosis: error?.diagnosis },
    );
  }

  #link(datasource: LoadedDatasource): string {
    return `${this.#pageUrl}/${datasource.record.name}`;
  }
}

function hostOfProvider(datasource: LoadedDatasource): string {
  const { token, refresh } = datasource.record.settings.auth;
  return (refresh?.url || token.url || '').split('/')[2] ?? '';
}

/** Whether a failure came from a provider that is there: what it says is no reason to leave its host alone. */
function didAnswer(error: unknown): boolean {
  return (
    error instanceof OAuthExchangeError &&
    (error.outcome === 'refused' ||
      (error.outcome === 'answered' &&
        (error.diagnosis.details.status ?? 0) < 500))
  );
}

/** Client credentials and password run again; authorization code refreshes. `refresh.mode` says otherwise. */
function usesRefreshToken(datasource: LoadedDatasource): boolean {
  const { auth } = datasource.record.settings;
  const fallback =
    auth.grantType === 'authorization_code' ? 'refresh_token' : 'grant';
  return (auth.refresh?.mode ?? fallback) === 'refresh_token';
}

function isDue(row: CredentialRow, now: number): boolean {
  return (
    row.state === 'live' &&
    row.refreshDueAt !== undefined &&
    row.refreshDueAt <= now
  );
}

/** No renewal sooner than this after the last stored one, whatever asks for it. */
function limiterOf(row: CredentialRow): number {
  const lifetime =
    row.expiresAt === undefined || row.obtainedAt === undefined
      ? 0
      : row.expiresAt - row.obtainedAt;
  return Math.max(LIMITER_FLOOR, lifetime * LIMITER_SHARE);
}

function lastErrorOf(error: OAuthExchangeError) {
  const { code, title, cause, remedy, details } = error.diagnosis;
  return { code, title, cause, remedy, details };
}

function since(at: number | undefined): string {
  return at === undefined ? '' : `, since ${new Date(at).toISOString()}`;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}

async function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  onDeadline: () => Error,
): Promise<T> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      sleep(milliseconds, undefined, { signal: timer.signal }).then(() => {
        throw onDeadline();
      }),
    ]);
  } finally {
    timer.abort();
    work.catch(() => {});
  }
}
