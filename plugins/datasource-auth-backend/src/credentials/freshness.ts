import { CredentialRow, Generation } from './CredentialRow';

/** What a caller needs of a token. Times are milliseconds. */
export interface TokenNeed {
  /** How long the token has to live yet, clamped to half of its lifetime. */
  minValidity?: number;
  /** The generation that the API rejected: another one is needed. */
  rejected?: Generation;
  /** Which route rejected it: a pattern of the gateway, a plugin and its call, or the test path. */
  route?: string;
  /** Somebody asked for it by hand: neither limiter nor back-off holds him up. */
  person?: boolean;
  /** Who that was, for the timeline. */
  by?: string;
  /** Another generation than this one is needed, however fresh it is. */
  newerThan?: number;
}

const DEFAULT_MIN_VALIDITY = 5_000;
const LIMITER_FLOOR = 10_000;
const LIMITER_SHARE = 0.1;
/** A generation that was rejected when it was new rests this long: to renew it does not help. */
export const REJECTED_COOLDOWN = 15 * 60_000;

/** The code under which it is noted that an API rejects tokens as fast as they come. */
export const REJECTED_BY_API = 'rejected_by_api';

/** No renewal sooner than this after the last stored one, whatever asks for it. */
export function limiterOf(lifetime: number | undefined): number {
  return Math.max(LIMITER_FLOOR, (lifetime ?? 0) * LIMITER_SHARE);
}

/** When the limiter lets the next renewal through, on the database's clock. */
export function renewalAllowedAt(
  row: CredentialRow,
  need: TokenNeed = {},
): number {
  if (row.obtainedAt === undefined || row.generation === 0) return 0;
  const limit = limiterOf(
    shorterLifetime(lifetimeOf(row), refreshLifetimeOf(row)),
  );
  const rest =
    need.rejected !== undefined && row.lastError?.code === REJECTED_BY_API
      ? REJECTED_COOLDOWN
      : 0;
  return row.obtainedAt + Math.max(limit, rest);
}

/** Whether renewal is due although nobody asks. */
export function isDue(row: CredentialRow, now: number): boolean {
  return (
    row.state === 'live' &&
    row.refreshDueAt !== undefined &&
    row.refreshDueAt <= now
  );
}

/** Whether the token lives long enough for the caller. */
export function isFreshEnough(
  row: CredentialRow,
  need: TokenNeed,
  now: number,
): boolean {
  if (row.expiresAt === undefined) return true;
  const minValidity = Math.min(
    need.minValidity ?? DEFAULT_MIN_VALIDITY,
    (lifetimeOf(row) ?? 0) / 2,
  );
  return row.expiresAt - now > minValidity || (!need.person && isNew(row, now));
}

/** Whether the token lives at all, for a caller who would otherwise have none. */
export function isUnexpired(row: CredentialRow, now: number): boolean {
  return row.expiresAt === undefined || row.expiresAt > now;
}

/** Whether the provider issued a token that had already expired (`expires_in: 0`). */
export function isExpiredOnArrival(row: CredentialRow): boolean {
  return lifetimeOf(row) === 0;
}

/** What was renewed a moment ago and still lives cannot be had any fresher, however short its life. */
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

/** How long the refresh token lives that renewal is due for. A renewal that comes after its end is of no use. */
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
