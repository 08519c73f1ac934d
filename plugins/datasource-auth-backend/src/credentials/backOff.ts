import { Diagnosis } from 'backstage-plugin-datasource-auth-common';

const FIRST = 5_000;
const LONGEST = 5 * 60_000;
/** A failure that no retry fixes is still retried, but rarely: someone may have fixed it at the provider. */
const UNRETRYABLE = 60_000;
const RETRY_AFTER_CAP = 15 * 60_000;
const JITTER = 0.2;

/**
 * Returns milliseconds until the next attempt after a number of failures in a row. They double each time, with jitter
 * so that replicas and datasources spread out. Retry-After can only lengthen the wait, up to 15 minutes: a provider
 * that sends zero or a past date would otherwise be called without a pause.
 *
 * @param retryAt - epoch milliseconds of this process's clock
 */
export function backOff(
  attempts: number,
  diagnosis: Diagnosis,
  retryAt?: number,
): number {
  const base = diagnosis.retryable ? FIRST : UNRETRYABLE;
  const delay = Math.min(base * 2 ** Math.min(attempts - 1, 10), LONGEST);
  const requested = retryAt === undefined ? 0 : retryAt - Date.now();
  return Math.max(
    delay * (1 + JITTER * Math.random()),
    Math.min(requested, RETRY_AFTER_CAP),
  );
}
