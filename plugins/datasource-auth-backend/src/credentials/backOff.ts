import { Diagnosis } from 'backstage-plugin-datasource-auth-common';

const FIRST = 5_000;
const LONGEST = 5 * 60_000;
/** A failure that no retry cures is asked about rarely, but asked: somebody may have put it right at the provider. */
const UNRETRYABLE = 60_000;
const RETRY_AFTER_CAP = 15 * 60_000;
const JITTER = 0.2;

/**
 * Milliseconds until the next attempt after so many failures in a row. Grows twofold, with jitter so that replicas and
 * datasources spread out; what the provider asks for in Retry-After is obeyed up to 15 minutes.
 *
 * @param retryAt - epoch milliseconds of this process's clock
 */
export function backOff(
  attempts: number,
  diagnosis: Diagnosis,
  retryAt?: number,
): number {
  if (retryAt !== undefined) {
    return Math.min(Math.max(retryAt - Date.now(), 1_000), RETRY_AFTER_CAP);
  }
  const base = diagnosis.retryable ? FIRST : UNRETRYABLE;
  const delay = Math.min(base * 2 ** Math.min(attempts - 1, 10), LONGEST);
  return delay * (1 + JITTER * Math.random());
}
