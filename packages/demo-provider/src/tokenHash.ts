import { createHash } from 'node:crypto';

/** A short name of a token that says nothing of it, for counters and comparisons. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
