import { limiterOf, shorterLifetime } from './freshness';

/** Last share of a lifetime, in which a token is refreshed. */
const WINDOW_SHARE = 0.2;
/** Refreshes are spread over this share of the window, so that tokens obtained together aren't refreshed together. */
const JITTER = 0.1;
/** The scheduler starts a sweep up to five seconds late, and the exchange takes time. Milliseconds. */
const SWEEP_LATENESS = 10_000;

const HOUR = 60 * 60_000;

/** When refreshes run. Milliseconds. */
export interface RenewalTimes {
  /** How long before expiry a token is refreshed, at most. */
  beforeExpiry: number;
  /** How often the sweeper checks for due credentials. */
  sweepEvery: number;
}

/** The values that decide when a refresh is due. Milliseconds; lifetimes start at the request. */
export interface RenewalFacts {
  times: RenewalTimes;
  /** Of the access token; absent if unknown. */
  lifetime?: number;
  /** Of its refresh token; absent if unknown or irrelevant. */
  refreshLifetime?: number;
  /** The refresh token is used at least this often, because it becomes invalid when unused. */
  idleEvery?: number;
}

/**
 * Returns how long before the end of a lifetime a refresh is due: 20 % of it, because some tokens live for a minute,
 * but enough for a sweep to run. Milliseconds.
 *
 * @param most - upper limit, for lifetimes of which 20 % is too much
 */
export function refreshWindow(
  lifetime: number,
  { sweepEvery }: Pick<RenewalTimes, 'sweepEvery'>,
  most: number = Infinity,
): number {
  const share = Math.min(lifetime * WINDOW_SHARE, most);
  return Math.min(lifetime, Math.max(share, sweepEvery + SWEEP_LATENESS));
}

/**
 * Returns when a refresh is due, in milliseconds after the request: the earliest of the access token's expiry, the
 * refresh token's expiry and its keep-alive, but not before the limiter allows it. The setting can only shorten the
 * window of the access token: a refresh token that is used too late is lost.
 */
export function renewalDueAfter(facts: RenewalFacts): number | undefined {
  const { times, lifetime, refreshLifetime, idleEvery } = facts;
  const spread = (milliseconds: number) =>
    milliseconds * (1 - JITTER * Math.random());
  const dues: number[] = [];
  if (lifetime !== undefined) {
    const window = refreshWindow(lifetime, times);
    dues.push(lifetime - spread(Math.min(times.beforeExpiry, window)));
  }
  if (refreshLifetime !== undefined) {
    const window = refreshWindow(refreshLifetime, times, HOUR);
    dues.push(refreshLifetime - spread(window));
  }
  if (idleEvery) dues.push(spread(idleEvery));
  if (dues.length === 0) return undefined;
  return Math.max(
    Math.min(...dues),
    limiterOf(shorterLifetime(lifetime, refreshLifetime)),
  );
}
