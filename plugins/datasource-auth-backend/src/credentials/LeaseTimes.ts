/** How long a lease runs. */
export const LEASE_MILLISECONDS = 60_000;

const START_WITHIN = 5_000;
const ANSWER_WITHIN = 15_000;

/** What has to happen when while a lease runs. Milliseconds. */
export interface LeaseTimes {
  lease: number;
  /** The request is on its way this long after the lease was asked for, or is not sent. */
  startWithin: number;
  /** The first byte of the answer, counted from the sending, where the datasource does not say otherwise. */
  answerWithin: number;
  /** The whole answer, counted from the start of the exchange. With `startWithin` it is less than the lease. */
  readWithin: number;
  /** Waiting for the holders of leases ends here: two of them would have run out. */
  patience: number;
}

/**
 * The times that go with a lease: whoever presents a refresh token is done, one way or the other, before somebody else
 * may think that he is not.
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
 * Measures since when a lease may be running. Goes by both clocks: the monotonic one stands still while a machine
 * sleeps, the other one can be set.
 */
export function startStopwatch(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}
