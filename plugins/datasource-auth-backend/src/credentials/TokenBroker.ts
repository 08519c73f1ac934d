import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ActivityKind, ActivityStore } from '../activity/ActivityStore';
import { useOrigins } from '../datasources/binding';
import {
  coversOrigins,
  Datasources,
  LoadedDatasource,
  missingOf,
  notFound,
} from '../datasources/Datasources';
import { oncePer } from '../datasources/oncePer';
import { isRenewable } from '../datasources/status';
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
import {
  isDue,
  isRejectedFresh,
  limitedUntil,
  lives,
  livesLongEnough,
  REJECTED_BY_API,
  TokenNeed,
} from './freshness';
import { LeaseTimes, leaseTimes, startStopwatch } from './LeaseTimes';
import { ProviderCircuit } from './ProviderCircuit';
import {
  didAnswer,
  hostOfProvider,
  isRefusal,
  renewalOf,
  usesRefreshToken,
} from './renewal';
import { RememberedTokens } from './RememberedTokens';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from './Sealer';
import { TokenErrors, unexpectedFailure } from './TokenErrors';

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
 */

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

/** A row as it was read, with the settings that it was read beside. */
interface Renewed {
  datasource: LoadedDatasource;
  row: CredentialRow;
}

/** One exchange under a lease. */
interface Exchange extends Renewed {
  lease: Lease;
  host: string;
  /** What the row held before. */
  previous?: TokenPayload;
  /** Milliseconds since the lease may be running. */
  elapsed: () => number;
  /** Whether the request may have reached the provider. */
  sent: boolean;
}

type Generation = Pick<CredentialRow, 'credentialId' | 'generation'>;

/** How long a caller waits for a token, unless it says otherwise. */
const CALLER_DEADLINE = 30_000;
/** How often a process looks whether the holder of a lease is done. */
const CHANGE_POLL = 100;
/** What could not be renewed behind its callers is not tried again by them before. */
const BEHIND_REST = 1_000;
/** Reads around an exchange that take longer are given up; the exchange itself has its own times. */
const READ_WITHIN = 10_000;
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
  readonly #errors: TokenErrors;
  readonly #isQuarantined: () => boolean;
  readonly #onChanged: (datasourceId: string) => Promise<void>;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #times: LeaseTimes;
  readonly #owner = randomUUID();
  readonly #flights = new Map<string, Promise<Renewed>>();
  /** What is still being written about renewals whose callers have their tokens. */
  readonly #notes = new Set<Promise<unknown>>();
  /** All who waited for one renewal share what it brought: it is opened once. */
  readonly #served = oncePer((found: Renewed) => this.#serve(found));
  readonly #behindFrom = new Map<string, number>();
  readonly #remembered = new RememberedTokens();
  readonly #unchecked = new Set<string>();
  readonly #circuit = ProviderCircuit.create();
  #draining = false;
  #drained = false;

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
    /** How long the store's leases run; only tests make them shorter. */
    leaseMilliseconds?: number;
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
    this.#errors = TokenErrors.create(options);
    this.#isQuarantined = options.isQuarantined;
    this.#onChanged = options.onChanged;
    this.#hold = options.hold ?? (async () => {});
    this.#times = leaseTimes(options.leaseMilliseconds);
    this.#feed.subscribe(id => this.#recheck(id));
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
    this.#assertUsable(datasource);
    if (holdsToken(copy)) {
      const { row } = copy;
      const now = databaseClock(copy);
      this.#remembered.observe(row);
      if (
        !this.#remembered.newerThan(row) &&
        this.#satisfies(datasource, row, need, now)
      ) {
        if (isDue(row, now)) this.#renewBehind(datasource.record.id);
        return copy;
      }
    }
    try {
      return this.#served(
        await within(
          options.deadline ?? CALLER_DEADLINE,
          this.#renewed(datasource.record.id, need),
          () =>
            this.#errors.unavailable(datasource, 'It is still being renewed'),
        ),
      );
    } catch (error) {
      const living =
        need.newerThan === undefined && (await this.#living(copy, need));
      if (living) return living;
      const said = this.#errors.of(datasource, error);
      if (said !== error) {
        this.#logger.error(
          `The token of datasource '${
            datasource.record.name
          }' could not be looked up: ${nameOf(error)}`,
        );
      }
      throw said;
    }
  }

  /** Renews what is due, without a caller. Used by the sweeper; failures are recorded with the credential. */
  async renewIfDue(datasourceId: string): Promise<void> {
    if (this.#isQuarantined()) return;
    try {
      const row = await this.#store.read(datasourceId);
      if (!row || !isDue(row, row.readAt)) return;
      await this.#renewed(datasourceId, { newerThan: row.generation });
    } catch (error) {
      this.#logger.debug(
        `Renewal of datasource ${datasourceId} did not succeed: ${nameOf(
          error,
        )}`,
      );
    }
  }

  /**
   * Waits for exchanges whose answers are not stored yet, and begins none: a deploy is the commonest crash. What waits
   * for others is given up.
   */
  async drain(): Promise<void> {
    this.#draining = true;
    const end = performance.now() + DRAIN;
    const running = () => [...this.#flights.values(), ...this.#notes];
    while (running().length > 0 && performance.now() < end) {
      const over = new AbortController();
      const { signal } = over;
      await Promise.race([
        Promise.allSettled(running()),
        sleep(end - performance.now(), undefined, { signal, ref: false }),
      ]).finally(() => over.abort());
    }
    this.#drained = true;
  }

  #renewBehind(id: string) {
    if (this.#flights.has(id)) return;
    if (performance.now() < (this.#behindFrom.get(id) ?? 0)) return;
    this.#behindFrom.set(id, Infinity);
    this.renewIfDue(id).finally(() => {
      this.#behindFrom.set(id, performance.now() + BEHIND_REST);
    });
  }

  /** What there is for a caller for whom nothing could be renewed: a token that still lives. */
  async #living(
    copy: CredentialCopy,
    need: TokenNeed,
  ): Promise<ServedToken | undefined> {
    const found = await this.#read(copy.datasource.record.id).catch(() =>
      copy.row
        ? {
            datasource: copy.datasource,
            row: { ...copy.row, readAt: databaseClock(copy) },
          }
        : undefined,
    );
    return found && this.#stillLives(found, need, found.row.readAt)
      ? this.#serve(found)
      : undefined;
  }

  async #read(id: string): Promise<Renewed | undefined> {
    const datasource = await this.#find(id);
    const row = await this.#store.read(id);
    return row && { datasource, row };
  }

  async #find(id: string): Promise<LoadedDatasource> {
    const datasource = await within(
      READ_WITHIN,
      this.#datasources.findById(id),
      () => new Error('The database did not answer'),
    );
    if (!datasource) throw notFound(id);
    return datasource;
  }

  /**
   * One renewal per process and datasource; whoever comes while it runs shares it. What it brings may be too little for
   * somebody who joined it, and what stopped it need not stop a person: they go on with one of their own.
   */
  async #renewed(id: string, need: TokenNeed): Promise<Renewed> {
    for (;;) {
      const running = this.#flights.get(id);
      if (!running) return this.#fly(id, need);
      try {
        const found = await running;
        const { datasource, row } = found;
        if (this.#satisfies(datasource, row, need, row.readAt)) return found;
      } catch (error) {
        if (!need.person) throw error;
      }
    }
  }

  #fly(id: string, need: TokenNeed): Promise<Renewed> {
    const flight = this.#refresh(id, need).finally(() => {
      this.#flights.delete(id);
    });
    this.#flights.set(id, flight);
    return flight;
  }

  async #refresh(id: string, need: TokenNeed): Promise<Renewed> {
    const patience = performance.now() + this.#times.patience;
    let mine: Generation | undefined;
    for (;;) {
      const datasource = await this.#find(id);
      this.#assertUsable(datasource);

      const row = await this.#store.read(id);
      if (!row) {
        await this.#begin(datasource);
        continue;
      }
      if (await this.#restoreForgotten(row)) continue; // I8
      this.#remembered.observe(row);
      // I3: both out of the database. What was stored a moment ago is the best that can be had, whatever was needed.
      if (this.#satisfies(datasource, row, need, row.readAt)) {
        return { datasource, row }; // somebody did it
      }
      if (mine && isSame(row, mine) && this.#belongs(datasource, row)) {
        return { datasource, row };
      }
      if (isEmpty(row) && row.binding !== datasource.record.binding) {
        const { binding } = datasource.record;
        if (!(await this.#store.rebindEmpty(row, binding))) {
          await this.#waitForOthers(datasource, patience);
        }
        continue;
      }
      if (await this.#promotedSpare(datasource, row)) continue;
      await this.#assertRenewable(datasource, row, need);
      const previous = row.sealed
        ? this.#open(datasource, row, row.sealed)
        : undefined;
      if (this.#draining) {
        throw this.#errors.unavailable(datasource, 'This backend is stopping');
      }

      const host = hostOfProvider(datasource);
      const pause = isUnattended(need) ? this.#circuit.pause(host) : 0;
      if (pause > 0) {
        await this.#waitForOthers(datasource, patience, pause);
        continue;
      }
      this.#assertHostIsUp(datasource, row, need, host);
      // From before the statement: the lease runs from when the database takes it, not from when we hear of it.
      const elapsed = startStopwatch();
      const lease = await this.#store
        .takeLease(row, this.#owner) // I1, I2
        .catch(error => {
          this.#circuit.cancel(host);
          throw error;
        });
      if (!lease) {
        this.#circuit.cancel(host);
        await this.#waitForOthers(datasource, patience);
        continue;
      }
      await this.#hold('intent');
      mine = await this.#exchange({
        ...{ datasource, row, lease, host, previous, elapsed },
        sent: false,
      });
    }
  }

  /** A first row, for a first token without a person. */
  async #begin(datasource: LoadedDatasource): Promise<void> {
    const { record } = datasource;
    // Only for declared datasources; others are obtained on the page first.
    if (record.source !== 'config' || !isRenewable(record.settings)) {
      throw this.#errors.notAuthorized(datasource, 'has no credential yet');
    }
    await this.#store.insertEmpty(record.id, randomUUID(), record.binding);
  }

  /** Somebody else is at it: waits until the row changed, or a moment. */
  async #waitForOthers(
    datasource: LoadedDatasource,
    patience: number,
    moment: number = CHANGE_POLL,
  ): Promise<void> {
    if (performance.now() > patience) {
      throw this.#errors.unavailable(
        datasource,
        'It waits for its turn to be renewed',
      );
    }
    await this.#feed.change(datasource.record.id, moment);
  }

  /** Says why a row cannot be renewed now. */
  async #assertRenewable(
    datasource: LoadedDatasource,
    row: CredentialRow,
    need: TokenNeed,
  ): Promise<void> {
    const { record } = datasource;
    if (row.binding !== record.binding) {
      // Never deleted by a difference in configuration: a roll-back finds the credential again.
      throw this.#errors.notAuthorized(
        datasource,
        'has settings that changed since its credential was obtained',
      );
    }
    if (row.state !== 'live') {
      throw this.#errors.notAuthorized(
        datasource,
        row.state === 'cleared'
          ? 'was cleared'
          : `must be authorized again (${row.reason ?? 'refused'}${since(
              row.stateChangedAt,
            )})`,
      );
    }
    if (row.sealed && !coversOrigins(record, row)) {
      throw this.#errors.notAuthorized(
        datasource,
        'has a base URL or allowed hosts that changed since its credential was obtained',
      );
    }
    if (!isRenewable(record.settings, row)) {
      throw this.#errors.notAuthorized(
        datasource,
        row.sealed
          ? 'has an expired token and no refresh token'
          : 'has no credential yet',
      );
    }
    if (need.person) return;
    const limit = limitedUntil(row, need);
    if (row.readAt < limit) {
      const rejected = isRejectedFresh(row, need, row.readAt);
      if (rejected) await this.#noteRejectedFresh(row);
      throw this.#errors.unavailable(
        datasource,
        rejected || row.lastError?.code === REJECTED_BY_API
          ? 'The API rejects fresh tokens'
          : 'It was renewed a moment ago',
        { retryAt: limit },
      );
    }
    if (row.nextAttemptAt !== undefined && row.readAt < row.nextAttemptAt) {
      throw this.#errors.unavailable(
        datasource,
        row.lastError?.title ?? 'Renewal failed',
        { retryAt: row.nextAttemptAt, code: row.lastError?.code },
      );
    }
  }

  #assertHostIsUp(
    datasource: LoadedDatasource,
    row: CredentialRow,
    need: TokenNeed,
    host: string,
  ) {
    const rest = need.person ? 0 : this.#circuit.wait(host);
    if (rest > 0) {
      throw this.#errors.unavailable(
        datasource,
        `${host} did not answer several times in a row`,
        { retryAt: row.readAt + rest },
      );
    }
  }

  /** One exchange under a lease. Answers what it stored; nothing means: look again. */
  async #exchange(exchange: Exchange): Promise<Generation | undefined> {
    let answer: TokenAnswer;
    try {
      answer = await this.#ask(exchange);
    } catch (error) {
      if (error instanceof OAuthExchangeError) {
        return this.#failed(exchange, error);
      }
      this.#logger.error(
        `Renewing the token of datasource '${
          exchange.datasource.record.name
        }' met an unexpected ${nameOf(error)}`,
      );
      return this.#failed(exchange, unexpectedFailure(exchange.sent));
    }
    this.#circuit.report(exchange.host, true);
    await this.#hold('answer');
    return this.#keep(exchange, answer);
  }

  async #ask(exchange: Exchange): Promise<TokenAnswer> {
    const { datasource, previous } = exchange;
    const context = this.#datasources.providerContext(
      datasource,
      previous?.kept,
    );
    await this.#hold('send');
    const { startWithin, answerWithin, readWithin } = this.#times;
    const options = {
      startWithin: startWithin - exchange.elapsed(),
      answerWithin,
      readWithin,
      onSend: () => {
        exchange.sent = true;
      },
    };
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
    exchange: Exchange,
    answer: TokenAnswer,
  ): Promise<Generation | undefined> {
    const { datasource, row, previous } = exchange;
    const { settings } = datasource.record;
    const attemptId = randomUUID();
    const origins = [...useOrigins(settings)];
    const stored = () =>
      this.#tokens.fromAnswer(answer, this.#place(row, 'sealed'), {
        ...renewalOf(settings, this.#window),
        previous: previous && {
          ...previous,
          scope: row.scope,
          account: row.account,
        },
        now: Date.now(),
      });
    this.#remembered.remember(row, attemptId, stored, origins);

    await this.#hold('commit');
    const committed = await this.#untilAnswered(async () => {
      if (await this.#store.storeTokens(row, attemptId, stored(), origins)) {
        return 'stored';
      }
      const current = await this.#store.read(row.datasourceId);
      // A COMMIT whose reply was lost: the row already bears this attempt.
      if (current?.attemptId === attemptId) return 'stored';
      return current?.credentialId === row.credentialId ? 'second' : 'foreign';
    });
    await this.#hold('committed');
    if (committed === 'stored') {
      // Callers wait for the token, on other replicas too, not for what is noted of it.
      this.#later(this.#changed(row.datasourceId));
      this.#later(
        this.#note(row.datasourceId, 'refreshed', {
          rotated:
            previous?.refreshToken !== undefined &&
            answer.refreshToken !== undefined &&
            answer.refreshToken !== previous.refreshToken,
        }),
      );
      return { ...row, generation: row.generation + 1 };
    }
    this.#remembered.forget(row.datasourceId);
    if (committed === 'foreign') {
      throw this.#errors.notAuthorized(
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
    return undefined;
  }

  async #failed(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row, lease, host } = exchange;
    const { diagnosis, outcome } = error;
    const up = didAnswer(error);
    if (up === undefined) this.#circuit.cancel(host);
    else this.#circuit.report(host, up);
    if (isRefusal(datasource, error)) return this.#refused(exchange, error);

    const presentedGeneration = {
      not_sent: row.presentedGeneration ?? null,
      answered: null,
      refused: null,
      silent: row.generation,
    }[outcome];
    const delay = backOff(row.attempts + 1, diagnosis, error.retryAt);
    if (diagnosis.details.status === 429) this.#circuit.limit(host, delay);
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
    throw this.#errors.unavailable(datasource, diagnosis.title, {
      retryAt: row.readAt + delay,
      diagnosis,
    });
  }

  async #refused(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row } = exchange;
    // A predecessor presented this very token and never said what came back.
    const unsure =
      usesRefreshToken(datasource) &&
      row.generation > 0 &&
      row.presentedGeneration === row.generation;
    const reason = unsure ? 'interrupted' : error.diagnosis.code;
    const end = {
      ...lastErrorOf(error),
      at: row.readAt,
      attempts: row.attempts + 1,
    };
    const ended = await this.#untilAnswered(async () => {
      // Not while there is a spare, and one may come at any time.
      while (!(await this.#store.refuse(row, reason, end))) {
        const current = await this.#store.read(row.datasourceId);
        if (!current || !isSame(current, row)) return false; // somebody rotated
        if (current.state === 'refused') return true; // a COMMIT whose reply was lost
        if (current.sealedSpare && (await this.#promote(datasource, current))) {
          return false;
        }
      }
      return true;
    });
    if (!ended) return undefined;
    await this.#note(row.datasourceId, 'refused', { code: reason });
    await this.#changed(row.datasourceId);
    this.#logger.warn(
      `Datasource '${datasource.record.name}' must be authorized again: ${error.diagnosis.title} (${reason}).`,
    );
    throw this.#errors.notAuthorized(
      datasource,
      `must be authorized again (${reason})`,
      error.diagnosis,
    );
  }

  /** A spare that came after its credential was refused. */
  async #promotedSpare(
    datasource: LoadedDatasource,
    row: CredentialRow,
  ): Promise<boolean> {
    return (
      row.state === 'refused' &&
      row.sealedSpare !== undefined &&
      (await this.#promote(datasource, row))
    );
  }

  async #promote(
    datasource: LoadedDatasource,
    row: CredentialRow,
  ): Promise<boolean> {
    const spare = this.#open(datasource, row, row.sealedSpare!, 'sealed_spare');
    return this.#store.promoteSpare(
      row,
      this.#tokens.seal(spare, this.#place(row, 'sealed')),
      spare.refreshToken !== undefined,
    );
  }

  /** Writes again what the database forgot, if this process remembers it. */
  async #restoreForgotten(row: CredentialRow): Promise<boolean> {
    const remembered = this.#remembered.newerThan(row);
    if (!remembered) return false;
    const restored = await this.#store.restore(
      row,
      remembered.generation,
      remembered.attemptId,
      remembered.tokens(row.readAt),
      remembered.origins,
    );
    if (restored) {
      this.#logger.warn(
        `The database forgot a renewed token of datasource ${row.datasourceId} (a failover to a stale standby?); it was written again`,
      );
      await this.#changed(row.datasourceId);
    }
    return true;
  }

  /** Something changed: what is remembered of it may be newer, or older. */
  #recheck(id: string) {
    if (!this.#remembered.has(id) || this.#flights.has(id)) return;
    const idle = this.#unchecked.size === 0;
    this.#unchecked.add(id);
    if (idle) this.#recheckAll().catch(() => this.#unchecked.clear());
  }

  async #recheckAll(): Promise<void> {
    // One after the other: many may have changed at once, and callers come first.
    for (const id of this.#unchecked) {
      const row = await this.#store.read(id);
      if (!row) this.#remembered.forget(id);
      else if (!(await this.#restoreForgotten(row))) {
        this.#remembered.observe(row);
      }
      this.#unchecked.delete(id);
    }
  }

  /** Repeats a write until the database answers: a rotated token must not be lost to a restart of the database. */
  async #untilAnswered<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        if (this.#drained) throw error;
        this.#logger.warn(
          `The database did not take the outcome of a renewal (${nameOf(
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
    if (need.newerThan !== undefined && row.generation <= need.newerThan) {
      return false;
    }
    return (
      this.#stillLives({ datasource, row }, need, now) &&
      livesLongEnough(row, need, now)
    );
  }

  /** Whether the stored token may be handed out at all: right place, not expired, not the one that was rejected. */
  #stillLives(
    { datasource, row }: Renewed,
    need: TokenNeed,
    now: number,
  ): boolean {
    return (
      this.#belongs(datasource, row) &&
      lives(row, now) &&
      (need.rejectedToken === undefined ||
        this.#open(datasource, row, row.sealed!).accessToken !==
          need.rejectedToken)
    );
  }

  /** Whether there is a token, and it was obtained for these settings. */
  #belongs(datasource: LoadedDatasource, row: CredentialRow): boolean {
    return (
      row.sealed !== undefined &&
      row.state !== 'cleared' &&
      row.binding === datasource.record.binding &&
      coversOrigins(datasource.record, row)
    );
  }

  #serve({ datasource, row }: Renewed): ServedToken {
    return {
      datasource,
      row,
      payload: this.#open(datasource, row, row.sealed!),
    };
  }

  #open(
    datasource: LoadedDatasource,
    row: CredentialRow,
    sealed: string,
    column: 'sealed' | 'sealed_spare' = 'sealed',
  ): TokenPayload {
    try {
      return this.#tokens.open(sealed, this.#place(row, column));
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      throw this.#errors.unavailable(datasource, error.message);
    }
  }

  #place(row: CredentialRow, column: 'sealed' | 'sealed_spare') {
    return { credentialId: row.credentialId, column, binding: row.binding };
  }

  async #noteRejectedFresh(row: CredentialRow): Promise<void> {
    if (row.lastError?.code === REJECTED_BY_API) return;
    await this.#store.noteRejection(row, {
      code: REJECTED_BY_API,
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
    await this.#aside(
      'activity',
      this.#activity.record(datasourceId, { kind, details }),
    );
  }

  async #changed(datasourceId: string): Promise<void> {
    this.#memory.drop(datasourceId);
    await this.#feed.announce(datasourceId);
    await this.#aside('status', this.#onChanged(datasourceId));
  }

  /** Work that nobody waits for but the end of the process. */
  #later(work: Promise<void>) {
    this.#notes.add(work);
    work.finally(() => this.#notes.delete(work));
  }

  /** Work that must neither fail nor hold up a renewal. */
  async #aside(what: string, work: Promise<void>): Promise<void> {
    try {
      await within(READ_WITHIN, work, () => new Error('It took too long'));
    } catch (error) {
      this.#logger.warn(
        `The ${what} of a datasource could not be noted: ${nameOf(error)}`,
      );
    }
  }

  #assertUsable(datasource: LoadedDatasource) {
    const { unreadable } = datasource;
    const missing = missingOf(datasource);
    if (missing.length > 0) {
      throw this.#errors.notConfigured(datasource, missing);
    }
    if (unreadable) {
      throw this.#errors.unavailable(datasource, unreadable.message);
    }
    if (this.#isQuarantined()) {
      throw this.#errors.unavailable(
        datasource,
        'This database was started under another callback URL, and its credentials rest until datasourceAuth.adoptCredentials names the new one',
      );
    }
  }
}

/** Whether nobody waits for it: the sweeper, or a renewal behind a token that is still valid. */
function isUnattended(need: TokenNeed): boolean {
  return need.newerThan !== undefined && !need.person;
}

function holdsToken(
  copy: CredentialCopy,
): copy is CredentialCopy & ServedToken {
  return copy.row !== undefined && copy.payload !== undefined;
}

function isEmpty(row: CredentialRow): boolean {
  return row.state === 'live' && !row.sealed;
}

function isSame(row: CredentialRow, other: Generation): boolean {
  return (
    row.credentialId === other.credentialId &&
    row.generation === other.generation
  );
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

/** Waits for work, but not longer than this. The work goes on. */
async function within<T>(
  milliseconds: number,
  work: Promise<T>,
  onDeadline: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onDeadline()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
