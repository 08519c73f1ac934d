import { limiterOf, shorterLifetime } from './freshness';

/** Share of a lifetime in which it is renewed ahead. */
const WINDOW_SHARE = 0.2;
/** Renewal is spread over this share of the window, so that tokens obtained together are not renewed together. */
const JITTER = 0.1;
/** The scheduler starts a sweep up to five seconds late, and the exchange takes its time, too. Milliseconds. */
const SWEEP_LATENESS = 10_000;

const HOUR = 60 * 60_000;

/** When renewals run. Milliseconds. */
export interface RenewalTimes {
  /** How long before expiry a token is renewed, at most. */
  beforeExpiry: number;
  /** How often the sweeper looks for what is due. */
  sweepEvery: number;
}

/** What decides when the renewal of one token is due. Milliseconds, lifetimes from the request that obtained it. */
export interface RenewalFacts {
  times: RenewalTimes;
  /** Of the access token; absent where it is unknown. */
  lifetime?: number;
  /** Of the refresh token that renews it; absent where it is unknown or nothing depends on it. */
  refreshLifetime?: number;
  /** The refresh token is used at least this often, because it dies unused. */
  idleEvery?: number;
}

/**
 * Returns how long before the end of a lifetime renewal is due: 20 % of it, because some tokens live a minute, but enough
 * for a sweep to come by. Milliseconds.
 *
 * @param most - where 20 % are more than is useful
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
 * Returns when renewal is due, in milliseconds after the request: by the earliest of the access token's expiry, the
 * refresh token's expiry and its keep-alive, and not before the limiter lets it through. The setting can only shorten the
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
