import { RequiredSetting } from './requiredSettings';
import { DiagnosisTexts } from './texts';

/**
 * The states that the page shows. AUTHORIZED means that a credential is stored, not that it was tried; see the other
 * fields of the status for that. PER_USER means that each person connects their own account.
 *
 * @public
 */
export const DATASOURCE_STATES = [
  'AUTHORIZED',
  'NOT_AUTHORIZED',
  'NOT_CONFIGURED',
  'ERROR',
  'PER_USER',
] as const;

/**
 * State of a datasource.
 *
 * @public
 */
export type DatasourceState = (typeof DATASOURCE_STATES)[number];

/**
 * A settings change that would fix a failure as far as its facts tell, as paths and values: what the provider asked
 * for, or the other place in which it may expect the client secret. Never applied automatically.
 *
 * @public
 */
export interface ProposedFix {
  /** Maps dotted paths of settings to their values. */
  set: Record<string, string | number | boolean | string[]>;
}

/**
 * Explains a provider failure in terms a person can act on. Never contains a secret or a token. Text from the provider
 * is truncated and stripped of control characters.
 *
 * @public
 */
export interface Diagnosis {
  /** Stable code: an OAuth error code or one of Backstage's (`dns`, `tls`, `timeout`, `redirect`, `bad_response`…). */
  code: string;
  /** One sentence: what happened. */
  title: string;
  /** The likely cause. */
  cause: string;
  /** What to do. */
  remedy: string;
  /** Title, cause and remedy as codes and values, for translation. */
  texts: DiagnosisTexts;
  /** Whether the same call may succeed later without a person. */
  retryable: boolean;
  /** Technical details. */
  details: DiagnosisDetails;
  /** A settings change that would help, if the facts suggest one. */
  fix?: ProposedFix;
}

/**
 * Technical details of a failed call. None of them is secret.
 *
 * @public
 */
export interface DiagnosisDetails {
  /** Host of the endpoint. */
  host?: string;
  /** Origin and path of the endpoint, without its query. */
  endpoint?: string;
  /** HTTP status of the provider's response. */
  status?: number;
  /** The provider's `error` field. */
  error?: string;
  /** The provider's `error_description` field. */
  errorDescription?: string;
  /** Media type of the response. */
  contentType?: string;
  /** Target of a redirect, without its query. */
  location?: string;
  /** The `Allow` header of a 405. */
  allow?: string;
  /** Epoch milliseconds before which the provider doesn't accept another request. */
  retryAt?: number;
  /** Names (never values) of the fields of a JSON response. */
  fields?: string[];
  /** Epoch milliseconds. */
  at?: number;
}

/**
 * The last refresh failure, stored with the credential.
 *
 * @public
 */
export interface LastError {
  /** Stable code, as in {@link Diagnosis}. */
  code: string;
  /** One sentence: what happened. */
  title: string;
  /** The likely cause. */
  cause?: string;
  /** What to do. */
  remedy?: string;
  /** Title, cause and remedy as codes and values, for translation. */
  texts?: DiagnosisTexts;
  /** Technical details. */
  details?: DiagnosisDetails;
  /** Epoch milliseconds. */
  at: number;
  /** Consecutive failures. */
  attempts: number;
}

/**
 * The status of a datasource. All times are epoch milliseconds.
 *
 * @public
 */
export interface DatasourceStatus {
  /** The state. */
  state: DatasourceState;
  /** Stable code of the reason, for translation; see {@link StatusReason}. */
  reasonCode: StatusReason;
  /** The reason in English. */
  reason: string;
  /** Paths of the required settings that are missing. */
  missing?: RequiredSetting[];
  /** With `refused`: an earlier refresh got no response, so the provider may have replaced the refresh token. */
  noResponse?: boolean;
  /** With `unreadable`: ID of the missing encryption key; absent if a stored value was changed. */
  missingKey?: string;
  /** With `cleared`: user entity ref or external subject that cleared it. */
  clearedBy?: string;
  /** With `cleared`: when. */
  clearedAt?: number;
  /** The account the credential acts as, if the provider states it. */
  account?: string;
  /** When the access token expires; absent if the provider states no expiry. */
  expiresAt?: number;
  /** When the refresh token expires, if the provider states it. */
  refreshExpiresAt?: number;
  /** When the credential was obtained or last refreshed. */
  obtainedAt?: number;
  /** When the client certificate expires. */
  certificateExpiresAt?: number;
  /** Granted scope, space-separated. */
  scope?: string;
  /**
   * Whether the saved scopes or authorize parameters differ from those that the credential was requested with. A new
   * credential applies them.
   */
  requestChanged?: boolean;
  /**
   * With `AUTHORIZED`: set if the user who authorized the datasource is no longer in the catalog. It works until the
   * provider ends their account, so that another user should authorize it.
   */
  authorizerLeft?: boolean;
  /** Whether there is a refresh token. */
  hasRefreshToken: boolean;
  /** Whether an expired token is refreshed without a person. */
  renewable: boolean;
  /** Set if the settings hold the credential, such as an API key: nothing can refresh it. */
  fromSettings?: boolean;
  /** When a test call last succeeded. */
  verifiedAt?: number;
  /** When a consumer last received a token. */
  lastUsedAt?: number;
  /** Why the last refresh failed, if it did. */
  lastError?: LastError;
}

/**
 * Every {@link StatusReason}. Each one has a text on the page and, if that needs an explanation, a line in
 * docs/troubleshooting.md; tests check this list.
 *
 * @public
 */
export const STATUS_REASONS = [
  'missing_settings',
  'unreadable',
  'refused',
  'doubtful',
  'settings_changed',
  'none',
  'cleared',
  'renewal_failing',
  'rejected_by_api',
  'cannot_sign',
  'expired',
  'quarantined',
  'per_user',
  'valid',
  'no_expiry',
  'renews_on_use',
  'signs_on_use',
] as const;

/**
 * Why a datasource has its state.
 *
 * @public
 */
export type StatusReason = (typeof STATUS_REASONS)[number];
