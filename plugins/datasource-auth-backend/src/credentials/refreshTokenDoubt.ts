import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { isDoubtful } from '../settings/status';
import { CredentialRow } from './CredentialRow';

/**
 * What an active credential's `reason` says about its refresh token: `suspected` after one response that may be a
 * refusal, `doubtful` once that was confirmed.
 */
export type RefreshTokenDoubt = 'suspected' | 'doubtful';

const DAY = 24 * 60 * 60_000;

/** How often a doubtful refresh token is presented in the background. Milliseconds. */
export const PROBE_INTERVAL = DAY;

/** How long a server may return `500 invalid_grant` before it counts as a refusal. Milliseconds. */
const BELIEVED_AFTER = DAY;

/** Statuses that are temporary, or that blame path, method or content type. */
const NOT_ABOUT_THE_TOKEN = [404, 405, 406, 408, 410, 415, 425, 429];

/** Codes that don't say what was refused, and codes that require a user. */
const OPEN_CODES = [
  ...['invalid_request', 'provider_error', 'bad_response', 'empty_response'],
  ...['unauthorized_client', 'access_denied', 'invalid_token', 'expired_token'],
  ...['interaction_required', 'consent_required', 'login_required'],
];

/**
 * Returns how to judge a refresh token after a failure that isn't a clear refusal. Some servers refuse a refresh token
 * with `invalid_request`, an empty 400 or their own code, and a few with `500 invalid_grant`.
 *
 * @param isRetriedWithChanges - whether settings or secrets changed since the previous failure, which then no longer
 * counts
 */
export function doubtAfterFailure(
  row: CredentialRow,
  error: OAuthExchangeError,
  isRetriedWithChanges: boolean,
): RefreshTokenDoubt | undefined {
  if (isDoubtful(row) && !isRetriedWithChanges) return 'doubtful';
  const suspected = row.reason === 'suspected' && !isRetriedWithChanges;
  if (mayBeRefusal(error)) return suspected ? 'doubtful' : 'suspected';
  if (!isServerRefusal(error)) return undefined;
  const since = suspected ? row.stateChangedAt ?? row.readAt : row.readAt;
  return row.readAt - since >= BELIEVED_AFTER ? 'doubtful' : 'suspected';
}

/** Returns whether a client error may mean that the refresh token has ended. */
function mayBeRefusal({ outcome, diagnosis }: OAuthExchangeError): boolean {
  const { status = 0, contentType = '' } = diagnosis.details;
  return (
    outcome === 'answered' &&
    status >= 400 &&
    status < 500 &&
    !NOT_ABOUT_THE_TOKEN.includes(status) &&
    !/html/i.test(contentType) &&
    OPEN_CODES.includes(diagnosis.code)
  );
}

function isServerRefusal({ diagnosis }: OAuthExchangeError): boolean {
  const { status = 0, error } = diagnosis.details;
  return status >= 500 && error === 'invalid_grant';
}
