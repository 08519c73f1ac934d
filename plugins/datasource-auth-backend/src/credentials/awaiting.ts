import { setTimeout as sleep } from 'node:timers/promises';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';

/** A database restart cuts all connections of a pool. Each is noticed only when it is used next. */
const READS = 4;
const BETWEEN_READS = 50;

/** Repeats a read when its connection turns out to be cut. Not for errors that we throw ourselves. */
export async function retryLostConnection<T>(
  read: () => Promise<T>,
): Promise<T> {
  for (let left = READS - 1; ; left -= 1) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof DatasourceAuthError || left === 0) throw error;
      await sleep(BETWEEN_READS * (READS - 1 - left));
    }
  }
}

/**
 * Waits for work up to a limit. The work continues.
 *
 * @param milliseconds - from now
 */
export function withTimeout<T>(
  milliseconds: number,
  work: Promise<T>,
  onDeadline: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(onDeadline()), milliseconds);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
