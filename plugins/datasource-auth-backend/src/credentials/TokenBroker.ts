import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { LastError } from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import { ActivityStore } from '../activity/ActivityStore';
import { isFor, needsPerson, requestedOf } from '../settings/binding';
import { formatWait } from '../settings/formatTime';
import {
  Datasources,
  LoadedDatasource,
  missingOf,
  notFound,
} from '../datasources/Datasources';
import { coversOrigins } from '../settings/origins';
import { memoize } from '../settings/memoize';
import { isDoubtful, isRenewable } from '../settings/status';
import { ProviderClient } from '../oauth/ProviderClient';
import { retryLostConnection, withTimeout } from './awaiting';
import { ChangeFeed } from './ChangeFeed';
import {
  CredentialCopy,
  CredentialMemory,
  databaseClock,
} from './CredentialMemory';
import { CredentialKey } from './CredentialKey';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import {
  CredentialReader,
  FoundCredential,
  ServedToken,
} from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import { CredentialStore, Purpose } from './CredentialStore';
import { LostCommits } from './LostCommits';
import { isDue, REJECTED_BY_API, TokenNeed } from './freshness';
import { LeaseTimes, leaseTimes, startStopwatch } from './LeaseTimes';
import { ProviderCircuit } from './ProviderCircuit';
import { RememberedTokens } from './RememberedTokens';
import { hostOfProvider } from './renewal';
import { Rejections } from './Rejections';
import { DOUBTFUL, cooldownOf, renewalObstacle } from './renewable';
import { RenewalTimes } from './renewalDue';
import { RetryAfterChange } from './RetryAfterChange';
import { SealedTokens } from './SealedTokens';
import { nameOf, TokenErrors } from './TokenErrors';
import { BrokerMoment, TokenExchange } from './TokenExchange';

export type { ServedToken } from './CredentialReader';
export type { TokenNeed } from './freshness';
export type { BrokerMoment } from './TokenExchange';

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

/** How long a caller waits for a token, unless it says otherwise. */
const CALLER_DEADLINE = 30_000;
/** How often a process looks whether the holder of a lease is done. */
const CHANGE_POLL = 100;
/** What could not be renewed behind its callers is not tried again by them before. */
const BEHIND_REST = 1_000;
/** Datasources whose rest is remembered at most. */
const MOST_RESTING = 5_000;
/** Where replicas may have different settings, none has a token requested anew sooner than this after the last request. */
const START_OVER_EVERY = 10_000;
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
  readonly #feed: ChangeFeed;
  readonly #reader: CredentialReader;
  readonly #exchange: TokenExchange;
  readonly #forgotten: LostCommits;
  readonly #news: CredentialChangePublisher;
  readonly #retryAfterChange: RetryAfterChange;
  readonly #logger: LoggerService;
  readonly #errors: TokenErrors;
  readonly #isQuarantined: () => boolean;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #times: LeaseTimes;
  readonly #owner = randomUUID();
  /** By {@link CredentialKey.text}, like all that follows. */
  readonly #flights = new Map<string, Promise<FoundCredential>>();
  /** All who waited for one renewal share what it brought: it is opened once. */
  readonly #served = memoize((found: FoundCredential) =>
    this.#reader.serve(found),
  );
  readonly #behindFrom = new LRUCache<string, number>({ max: MOST_RESTING });
  readonly #remembered = new RememberedTokens();
  readonly #circuit = new ProviderCircuit();
  readonly #rejections = new Rejections();
  #draining = false;
  #drained = false;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    memory: CredentialMemory;
    feed: ChangeFeed;
    activity: ActivityStore;
    tokens: SealedTokens;
    client: ProviderClient;
    logger: LoggerService;
    renewalTimes: RenewalTimes;
    pageUrl: string;
    isQuarantined: () => boolean;
    /** Called after a credential's row changed. */
    onChanged: (key: CredentialKey) => Promise<void>;
    /** Only for fault tests. */
    hold?: (moment: BrokerMoment) => Promise<void>;
    /** How long the store's leases run; only tests make them shorter. */
    leaseMilliseconds?: number;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#feed = options.feed;
    this.#logger = options.logger;
    this.#isQuarantined = options.isQuarantined;
    this.#hold = options.hold ?? (async () => {});
    this.#times = leaseTimes(options.leaseMilliseconds);
    this.#errors = new TokenErrors(options);
    this.#reader = new CredentialReader({
      ...options,
      errors: this.#errors,
    });
    this.#news = new CredentialChangePublisher(options);
    this.#forgotten = new LostCommits({
      ...options,
      remembered: this.#remembered,
      news: this.#news,
    });
    this.#retryAfterChange = new RetryAfterChange({
      ...options,
      news: this.#news,
    });
    this.#exchange = new TokenExchange({
      ...options,
      retryAfterChange: this.#retryAfterChange,
      reader: this.#reader,
      circuit: this.#circuit,
      remembered: this.#remembered,
      news: this.#news,
      errors: this.#errors,
      times: this.#times,
      hold: this.#hold,
      isOver: () => this.#drained,
    });
    this.#feed.subscribe(({ datasourceId, subject }) => {
      const keys = subject
        ? [new CredentialKey({ datasourceId, subject })]
        : this.#remembered.keysOf(datasourceId);
      for (const key of keys) {
        if (!this.#flights.has(key.text)) this.#forgotten.recheck(key);
      }
    });
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
      if (need.rejectedToken === copy.payload.accessToken) {
        await this.rejected(copy, need.route, now);
      }
      if (
        !this.#remembered.newerThan(row) &&
        this.#reader.satisfies(copy, need, now)
      ) {
        if (isDue(row, now)) this.#renewBehind(copy.key);
        return copy;
      }
    }
    try {
      return this.#served(
        await withTimeout(
          options.deadline ?? CALLER_DEADLINE,
          this.#renewed(copy.key, need, datasource),
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

  /**
   * Notes that the API rejected a token for a route, whether or not another one is wanted. Where tokens are rejected as
   * fast as they come, that becomes the state of the datasource.
   */
  async rejected(
    { row }: ServedToken,
    route: string = '',
    now: number = row.readAt,
  ): Promise<void> {
    this.#rejections.add(row, route, now);
    if (row.lastError?.code === REJECTED_BY_API) return;
    if (!this.#rejections.areTheRule(row)) return;
    await this.#store.noteRejection(row, rejectedByApi(row, now));
    await this.#news.changed(row.key);
  }

  /**
   * Notes that the API accepted a token: it does not reject all of them.
   *
   * @param helped - the route that had rejected the token before this one
   */
  async accepted({ row }: ServedToken, helped?: string): Promise<void> {
    this.#rejections.accept(row, helped);
    if (row.lastError?.code !== REJECTED_BY_API) return;
    if (await this.#store.forgetRejection(row, row.lastError)) {
      await this.#news.changed(row.key);
    }
  }

  /**
   * Does at once, and without a caller, what changed settings or secrets ask for: tries again what the provider refused
   * with the ones before, and requests anew what they request otherwise. To be called after a datasource was saved or
   * declared anew.
   */
  async settingsChanged(key: CredentialKey): Promise<void> {
    if (this.#isQuarantined()) return;
    try {
      await this.#retryAfterChange.apply(key);
    } catch (error) {
      this.#logger.warn(
        `Datasource ${key.datasourceId} could not be tried again: ${nameOf(
          error,
        )}`,
      );
    }
    this.#news.later(this.renewIfDue(key));
  }

  /**
   * Renews what is due, and requests anew what the settings now request otherwise, without a caller. Failures are recorded
   * with the credential.
   */
  async renewIfDue(key: CredentialKey): Promise<void> {
    if (this.#isQuarantined()) return;
    try {
      const row = await this.#store.read(key);
      if (!row) return;
      if (isDue(row, row.readAt)) {
        await this.#renewed(key, { newerThan: row.generation });
      } else if (startsOver({ datasource: await this.#find(key), row })) {
        await this.#renewed(key, {});
      }
    } catch (error) {
      this.#logger.debug(
        `Renewal of datasource ${key.datasourceId} did not succeed: ${nameOf(
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
    const running = () => [...this.#flights.values(), ...this.#news.running];
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

  #renewBehind(key: CredentialKey) {
    const { text } = key;
    if (this.#flights.has(text)) return;
    if (performance.now() < (this.#behindFrom.get(text) ?? 0)) return;
    this.#behindFrom.set(text, Infinity);
    this.renewIfDue(key).finally(() => {
      this.#behindFrom.set(text, performance.now() + BEHIND_REST);
    });
  }

  /** What there is for a caller for whom nothing could be renewed: a token that still lives. */
  async #living(
    copy: CredentialCopy,
    need: TokenNeed,
  ): Promise<ServedToken | undefined> {
    const found = await this.#read(copy.key).catch(() =>
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

  async #read(key: CredentialKey): Promise<FoundCredential | undefined> {
    const datasource = await this.#find(key);
    const row = await this.#store.read(key);
    return row && { datasource, row };
  }

  async #find({ datasourceId }: CredentialKey): Promise<LoadedDatasource> {
    const datasource = await withTimeout(
      READ_WITHIN,
      this.#datasources.findById(datasourceId),
      () => new Error('The database did not answer'),
    );
    if (!datasource) throw notFound(datasourceId);
    return datasource;
  }

  /**
   * One renewal per process and credential; whoever comes while it runs shares it. What it brings may be too little for
   * somebody who joined it, and what stopped it need not stop a person: they go on with one of their own.
   */
  async #renewed(
    key: CredentialKey,
    need: TokenNeed,
    known?: LoadedDatasource,
  ): Promise<FoundCredential> {
    for (;;) {
      const running = this.#flights.get(key.text);
      if (!running) return this.#fly(key, need);
      try {
        const { row, ...found } = await running;
        // The settings may have changed since that renewal began.
        const datasource = known ?? found.datasource;
        if (this.#reader.satisfies({ datasource, row }, need, row.readAt)) {
          return { datasource: found.datasource, row };
        }
      } catch (error) {
        if (!need.person) throw error;
      }
    }
  }

  #fly(key: CredentialKey, need: TokenNeed): Promise<FoundCredential> {
    const flight = this.#refresh(key, need).finally(() => {
      this.#flights.delete(key.text);
    });
    this.#flights.set(key.text, flight);
    return flight;
  }

  async #refresh(
    key: CredentialKey,
    need: TokenNeed,
  ): Promise<FoundCredential> {
    const patience = performance.now() + this.#times.patience;
    let readTwice = false;
    for (;;) {
      const [datasource, row] = await retryLostConnection(() =>
        Promise.all([this.#find(key), this.#store.read(key)]),
      );
      this.#assertUsable(datasource);
      if (!row) {
        await this.#begin(key, datasource);
        continue;
      }
      if (await this.#forgotten.restore(row)) continue; // I8
      this.#remembered.observe(row);
      const found = { datasource, row };
      if (this.#reader.satisfies(found, need, row.readAt)) return found; // somebody did it
      if (!isFor(datasource.record, row) && !readTwice) {
        readTwice = true; // a Save between the two reads looks like settings that changed
        continue;
      }
      if (startsOver(found)) {
        const rest = restBeforeStartingOver(found);
        if (rest > 0 || !(await this.#store.startOver(row, purposeOf(found)))) {
          await this.#waitForOthers(found, patience, rest || undefined);
        }
        continue;
      }
      if (await this.#exchange.promoteSpare(found)) continue;
      await this.#assertRenewable(found, need);
      const previous = row.sealed ? this.#reader.open(found) : undefined;
      if (this.#draining) {
        throw this.#errors.unavailable(datasource, 'This backend is stopping');
      }

      const host = hostOfProvider(datasource);
      const pause = isUnattended(need) ? this.#circuit.pause(host) : 0;
      if (pause > 0) {
        await this.#waitForOthers(found, patience, pause);
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
        await this.#waitForOthers(found, patience);
        continue;
      }
      if (need.rejectedToken !== undefined) {
        this.#rejections.renewed(row, need.route ?? '');
      }
      await this.#hold('intent');
      const stored = await this.#exchange.run({
        ...{ datasource, row, lease, host, previous, elapsed },
        sent: false,
        by: need.by,
      });
      // I3: the database has it. It is the best that can be had, whatever was needed.
      if (stored) return { datasource, row: stored };
    }
  }

  /** A first row, for a first token without a person. */
  async #begin(
    key: CredentialKey,
    datasource: LoadedDatasource,
  ): Promise<void> {
    const { record } = datasource;
    // Only for declared datasources; others are obtained on the page first.
    if (record.source !== 'config' || !isRenewable(record.settings)) {
      throw this.#errors.notAuthorized(datasource, 'has no credential yet');
    }
    await this.#store.insertEmpty(key, {
      credentialId: randomUUID(),
      ...purposeOf({ datasource }),
    });
  }

  /** Somebody else is at it: waits until the row changed, or a moment. */
  async #waitForOthers(
    { datasource, row }: FoundCredential,
    patience: number,
    moment: number = CHANGE_POLL,
  ): Promise<void> {
    if (performance.now() > patience) {
      throw this.#errors.unavailable(
        datasource,
        'It waits for its turn to be renewed',
      );
    }
    await this.#feed.change(row.key, moment);
  }

  /** Says why a row cannot be renewed now. */
  async #assertRenewable(
    { datasource, row }: FoundCredential,
    need: TokenNeed,
  ): Promise<void> {
    const ended = renewalObstacle({ datasource, row });
    if (ended) throw this.#errors.notAuthorized(datasource, ended);
    if (need.person) return;
    const { rejectedToken, route = '' } = need;
    const rest = cooldownOf(
      row,
      need,
      rejectedToken === undefined ? 0 : this.#rejections.cooldownOf(row, route),
    );
    if (!rest) return;
    if (isDoubtful(row)) {
      throw this.#errors.notAuthorized(datasource, DOUBTFUL);
    }
    throw this.#errors.unavailable(datasource, rest.why, rest);
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

function rejectedByApi(row: CredentialRow, now: number): LastError {
  const age = formatWait(Math.max(0, now - (row.obtainedAt ?? now)));
  return {
    code: REJECTED_BY_API,
    title: 'The API rejects fresh tokens',
    cause: `The API rejected three calls with no success between them, the last one ${age} after its token was issued, so renewing does not help.`,
    remedy:
      'Check the scopes, the audience and the base URL, then get a new credential.',
    at: now,
    attempts: 1,
  };
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

/**
 * Whether a token is requested anew because settings changed, and nobody has to come for it. A token that went elsewhere
 * is left alone: a person decides, or the settings go back.
 */
function startsOver({ datasource, row }: FoundCredential): boolean {
  const { record } = datasource;
  if (row.state === 'cleared' || isFor(record, row)) return false;
  const isSilent = !needsPerson(record.settings);
  // Replicas of a rollout would present their passwords in turn: only a change itself starts it, see RetryAfterChange.
  const { grantType } = record.settings.auth;
  if (grantType === 'password' && row.state === 'refused') return false;
  if (!row.sealed) return isSilent || row.state === 'live';
  return (
    isSilent &&
    row.binding === record.binding &&
    coversOrigins(record.settings, row)
  );
}

/**
 * Replicas of a rollout declare different settings and would take the credential from each other at each call: each has it
 * for a while. What is stored in the database is the same for all. Milliseconds.
 */
function restBeforeStartingOver({ datasource, row }: FoundCredential): number {
  if (datasource.record.source !== 'config') return 0;
  return (row.presentedAt ?? 0) + START_OVER_EVERY - row.readAt;
}

/** What a token is obtained for. */
function purposeOf({
  datasource,
}: Pick<FoundCredential, 'datasource'>): Purpose {
  const { binding, settings } = datasource.record;
  return { binding, requested: requestedOf(settings) };
}
