import { createHash } from 'node:crypto';

/** Returns a short name of a token that reveals nothing of it, for counters and comparisons. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
