import { needsPerson } from '../settings/binding';
import { coversOrigins } from '../settings/origins';
import { isRenewable } from '../settings/status';
import { FoundCredential } from './CredentialReader';
import { CredentialRow } from './CredentialRow';
import {
  isExpiredOnArrival,
  renewalAllowedAt,
  isUnexpired,
  REJECTED_BY_API,
  TokenNeed,
} from './freshness';

/** Why a credential isn't refreshed now. `retryAt` is on the database's clock. */
export interface Cooldown {
  why: string;
  retryAt: number;
  code?: string;
}

/**
 * Returns why a credential must wait: the limiter, or the back-off after a failure. A user need not wait.
 *
 * @param routeCooldown - minimum age of a token before the route that rejected it may refresh it
 */
export function cooldownOf(
  row: CredentialRow,
  need: TokenNeed,
  routeCooldown: number,
): Cooldown | undefined {
  const limit = renewalAllowedAt(row, need);
  if (row.readAt < limit) {
    if (row.lastError?.code === REJECTED_BY_API) {
      return { why: row.lastError.title, retryAt: limit };
    }
    return {
      why: isExpiredOnArrival(row)
        ? 'The provider issued a token that had already expired'
        : 'It was refreshed a moment ago',
      retryAt: limit,
    };
  }
  const rested = (row.obtainedAt ?? 0) + routeCooldown;
  if (row.readAt < rested && isUnexpired(row, row.readAt)) {
    return { why: "New tokens didn't help this route", retryAt: rested };
  }
  if (row.nextAttemptAt !== undefined && row.readAt < row.nextAttemptAt) {
    return {
      why: row.lastError?.title ?? 'Renewal failed',
      retryAt: row.nextAttemptAt,
      code: row.lastError?.code,
    };
  }
  return undefined;
}

/** The status of a datasource whose refresh token may have ended. */
export const DOUBTFUL =
  'has a credential that the provider may no longer accept. Get a new one';

/**
 * Returns why a credential needs a user before it can be refreshed, as a description of its datasource. Undefined if it
 * doesn't.
 */
export function renewalObstacle(
  { datasource, row }: FoundCredential,
  need: TokenNeed = {},
): string | undefined {
  const { record } = datasource;
  if (row.binding !== record.binding) {
    // Changed configuration never deletes it: a rollback finds the credential again.
    return 'has settings that changed since its credential was obtained';
  }
  if (row.state === 'cleared') return 'was cleared';
  if (row.state !== 'live') {
    return `must be authorized again (${row.reason ?? 'refused'}${since(
      row.stateChangedAt,
    )})`;
  }
  if (row.sealed && !coversOrigins(record.settings, row)) {
    return 'has a base URL or allowed hosts that changed since its credential was obtained';
  }
  if (!isRenewable(record.settings, row)) {
    return row.sealed
      ? 'has an expired token and no refresh token'
      : 'has no credential yet';
  }
  if (
    need.rejected !== undefined &&
    needsPerson(record.settings) &&
    !row.hasRefreshToken
  ) {
    return 'has a token that the API rejects, and no refresh token to replace it';
  }
  return undefined;
}

function since(at: number | undefined): string {
  return at === undefined ? '' : `, since ${new Date(at).toISOString()}`;
}
