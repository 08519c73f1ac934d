import { createHash } from 'node:crypto';

/** Returns a short hash of a token, for counters and comparisons. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
