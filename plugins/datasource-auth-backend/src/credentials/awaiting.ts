import { setTimeout as sleep } from 'node:timers/promises';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';

/** A database that restarts cuts the connections of a pool all at once, and each is noticed by whoever uses it first. */
const READS = 4;
const BETWEEN_READS = 50;

/** Reads once more, and again a moment later, where the connection turns out to be cut. Not for what we refuse ourselves. */
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
 * Waits for work, but not longer than this. The work goes on.
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
