export const LEASE_MILLISECONDS = 60_000;

const START_WITHIN = 5_000;
const ANSWER_WITHIN = 15_000;

/** Deadlines while a lease runs. Milliseconds. */
export interface LeaseTimes {
  lease: number;
  /** The request is sent within this time after the lease was requested, or not at all. */
  startWithin: number;
  /** Time to the first byte of the response after the request was sent, unless the datasource sets another. */
  answerWithin: number;
  /** Time for the whole response. Together with `startWithin` it is shorter than the lease. */
  readWithin: number;
  /** How long to wait for the holders of leases: long enough for two leases to run out. */
  patience: number;
}

/**
 * Returns the deadlines of a lease: a process that presents a refresh token is done before another one can assume that
 * it isn't.
 */
export function leaseTimes(lease: number = LEASE_MILLISECONDS): LeaseTimes {
  return {
    lease,
    startWithin: Math.min(START_WITHIN, lease / 7),
    answerWithin: Math.min(ANSWER_WITHIN, lease / 2),
    readWithin: (lease * 5) / 6,
    patience: lease * 2.5,
  };
}

/**
 * Measures since when a lease may be running. Uses two clocks: the monotonic one stops while a machine sleeps, and the
 * other can be set.
 */
export function startStopwatch(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
