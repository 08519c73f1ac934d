import {
  Diagnosis,
  LastError,
  Message,
  message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
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
  why: MessageValue;
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
      return { why: titleOf(row.lastError), retryAt: limit };
    }
    return {
      why: isExpiredOnArrival(row)
        ? message('error.token.expiredOnArrival')
        : message('error.token.justRefreshed'),
      retryAt: limit,
    };
  }
  const rested = (row.obtainedAt ?? 0) + routeCooldown;
  if (row.readAt < rested && isUnexpired(row, row.readAt)) {
    return { why: message('error.token.routeRejects'), retryAt: rested };
  }
  if (row.nextAttemptAt !== undefined && row.readAt < row.nextAttemptAt) {
    return {
      why: row.lastError
        ? titleOf(row.lastError)
        : message('error.token.refreshFailed'),
      retryAt: row.nextAttemptAt,
      code: row.lastError?.code,
    };
  }
  return undefined;
}

/** Returns what happened, as a text if the failure was stored with texts. */
export function titleOf(failure: LastError | Diagnosis): MessageValue {
  return failure.texts?.title[0] ?? failure.title;
}

/** The status of a datasource whose refresh token may have ended. */
export function doubtful({ record: { name } }: LoadedDatasource): Message {
  return message('error.token.doubtful', { name });
}

/**
 * Returns why a credential needs a user before it can be refreshed, or undefined if it doesn't.
 */
export function renewalObstacle(
  { datasource, row }: FoundCredential,
  need: TokenNeed = {},
): Message | undefined {
  const { record } = datasource;
  const { name } = record;
  if (row.binding !== record.binding) {
    // Changed configuration never deletes it: a rollback finds the credential again.
    return message('error.token.otherSettings', { name });
  }
  if (row.state === 'cleared') return message('error.token.cleared', { name });
  if (row.state !== 'live') {
    const { reason = 'refused', stateChangedAt: at } = row;
    return at === undefined
      ? message('error.token.refused', { name, reason })
      : message('error.token.refusedSince', {
          name,
          reason,
          time: new Date(at).toISOString(),
        });
  }
  if (row.sealed && !coversOrigins(record.settings, row)) {
    return message('error.token.otherOrigins', { name });
  }
  if (!isRenewable(record.settings, row)) {
    return row.sealed
      ? message('error.token.expired', { name })
      : message('error.token.none', { name });
  }
  if (
    need.rejected !== undefined &&
    needsPerson(record.settings) &&
    !row.hasRefreshToken
  ) {
    return message('error.token.rejected', { name });
  }
  return undefined;
}
