import { CredentialRow, Generation } from './CredentialRow';

/** What a caller needs from a token. Times are milliseconds. */
export interface TokenNeed {
  /** How long the token must still be valid, limited to half of its lifetime. */
  minValidity?: number;
  /** The generation that the API rejected: another one is needed. */
  rejected?: Generation;
  /** Which route rejected it: a pattern of the gateway, a plugin and its call, or the test path. */
  route?: string;
  /** A user asked for it: neither limiter nor back-off delays it. */
  person?: boolean;
  /** That user, for the timeline. */
  by?: string;
  /** A generation other than this one is needed, even if this one is fresh. */
  newerThan?: number;
}

const DEFAULT_MIN_VALIDITY = 5_000;
const LIMITER_FLOOR = 10_000;
const LIMITER_SHARE = 0.1;
/** How long a generation is kept that was rejected while new: refreshing it doesn't help. */
export const REJECTED_COOLDOWN = 15 * 60_000;

/** The code for an API that rejects fresh tokens. */
export const REJECTED_BY_API = 'rejected_by_api';

/** Minimum time between two stored refreshes. */
export function limiterOf(lifetime: number | undefined): number {
  return Math.max(LIMITER_FLOOR, (lifetime ?? 0) * LIMITER_SHARE);
}

/** Returns when the limiter allows the next refresh, on the database's clock. */
export function renewalAllowedAt(
  row: CredentialRow,
  need: TokenNeed = {},
): number {
  if (row.obtainedAt === undefined || row.generation === 0) return 0;
  if (row.stage) return 0;
  const limit = limiterOf(
    shorterLifetime(lifetimeOf(row), refreshLifetimeOf(row)),
  );
  const rest =
    need.rejected !== undefined && row.lastError?.code === REJECTED_BY_API
      ? REJECTED_COOLDOWN
      : 0;
  return row.obtainedAt + Math.max(limit, rest);
}

/** Returns whether a refresh is due without a caller. */
export function isDue(row: CredentialRow, now: number): boolean {
  return (
    row.state === 'live' &&
    row.refreshDueAt !== undefined &&
    row.refreshDueAt <= now
  );
}

/** Returns whether the token is valid long enough for the caller. */
export function isFreshEnough(
  row: CredentialRow,
  need: TokenNeed,
  now: number,
): boolean {
  if (row.stage) return false;
  if (row.expiresAt === undefined) return true;
  const minValidity = Math.min(
    need.minValidity ?? DEFAULT_MIN_VALIDITY,
    (lifetimeOf(row) ?? 0) / 2,
  );
  return row.expiresAt - now > minValidity || (!need.person && isNew(row, now));
}

/** Returns whether the token is valid at all, for a caller who would otherwise have none. */
export function isUnexpired(row: CredentialRow, now: number): boolean {
  return row.expiresAt === undefined || row.expiresAt > now;
}

/** Returns whether the provider issued a token that had already expired (`expires_in: 0`). */
export function isExpiredOnArrival(row: CredentialRow): boolean {
  return lifetimeOf(row) === 0;
}

/**
 * Returns whether the token was just refreshed and is still valid: no fresher one can be obtained, however short its
 * lifetime.
 */
function isNew(row: CredentialRow, now: number): boolean {
  return (
    row.state === 'live' && isUnexpired(row, now) && now < renewalAllowedAt(row)
  );
}

/** Returns the shorter of two lifetimes, either of which may be unknown. Milliseconds. */
export function shorterLifetime(
  lifetime: number | undefined,
  refreshLifetime: number | undefined,
): number | undefined {
  return lifetime === undefined || refreshLifetime === undefined
    ? lifetime ?? refreshLifetime
    : Math.min(lifetime, refreshLifetime);
}

/** Returns the lifetime of the refresh token that the next refresh uses. A refresh after it expired is useless. */
function refreshLifetimeOf(row: CredentialRow): number | undefined {
  return row.refreshExpiresAt === undefined || row.obtainedAt === undefined
    ? undefined
    : row.refreshExpiresAt - row.obtainedAt;
}

function lifetimeOf(row: CredentialRow): number | undefined {
  return row.expiresAt === undefined || row.obtainedAt === undefined
    ? undefined
    : row.expiresAt - row.obtainedAt;
}
