import { RequiredSetting } from './requiredSettings';
import { DiagnosisTexts } from './texts';

/**
 * The states that a person sees. AUTHORIZED means that a credential is stored, not that it was tried: the status has the
 * evidence.
 *
 * @public
 */
export const DATASOURCE_STATES = [
  'AUTHORIZED',
  'NOT_AUTHORIZED',
  'NOT_CONFIGURED',
  'ERROR',
] as const;

/**
 * State of a datasource.
 *
 * @public
 */
export type DatasourceState = (typeof DATASOURCE_STATES)[number];

/**
 * A change that mends a failure as far as its facts tell, as setting paths and values: what the provider asked for, or
 * the other of two places where it may look for the client's secret. Never applied by itself.
 *
 * @public
 */
export interface ProposedFix {
  /** Dotted path of a setting to its value. */
  set: Record<string, string | number | boolean | string[]>;
}

/**
 * What went wrong with a provider, in words a person can act on. Never contains a secret or a token; text that comes
 * from the provider is capped and stripped of control characters.
 *
 * @public
 */
export interface Diagnosis {
  /** Stable code: an OAuth error code, or one of ours (`dns`, `tls`, `timeout`, `redirect`, `bad_response`…). */
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
  /** Facts, for who wants to look closer. */
  details: DiagnosisDetails;
  /** A change of the settings that would help, where the facts lead to one. */
  fix?: ProposedFix;
}

/**
 * What was seen of a failing call; none of it is secret.
 *
 * @public
 */
export interface DiagnosisDetails {
  /** Host of the endpoint. */
  host?: string;
  /** Origin and path of the endpoint, without its query. */
  endpoint?: string;
  /** HTTP status of the provider's answer. */
  status?: number;
  /** The provider's `error` member. */
  error?: string;
  /** The provider's `error_description` member. */
  errorDescription?: string;
  /** Media type of the answer. */
  contentType?: string;
  /** Where a redirect pointed, without query. */
  location?: string;
  /** The `Allow` header of a 405. */
  allow?: string;
  /** Epoch milliseconds before which the provider does not want to be asked again. */
  retryAt?: number;
  /** Names (never values) of the members of a JSON answer. */
  fields?: string[];
  /** Epoch milliseconds. */
  at?: number;
}

/**
 * The last failure of a renewal, kept with the credential.
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
  /** Facts, for who wants to look closer. */
  details?: DiagnosisDetails;
  /** Epoch milliseconds. */
  at: number;
  /** Failures in a row. */
  attempts: number;
}

/**
 * The status of a datasource. All times are epoch milliseconds.
 *
 * @public
 */
export interface DatasourceStatus {
  /** The marker. */
  state: DatasourceState;
  /** Stable code of the reason, for translation; see {@link StatusReason}. */
  reasonCode: StatusReason;
  /** The reason line in English. */
  reason: string;
  /** Paths of the required settings that are missing. */
  missing?: RequiredSetting[];
  /** With `refused`: an earlier renewal got no response, so the provider may have replaced the refresh token. */
  noResponse?: boolean;
  /** With `unreadable`: id of the encryption key that is missing; absent where a stored value was changed. */
  missingKey?: string;
  /** With `cleared`: user entity ref or external subject of who cleared it. */
  clearedBy?: string;
  /** With `cleared`: when. */
  clearedAt?: number;
  /** The account the credential acts as, where the provider says. */
  account?: string;
  /** When the access token ends; absent where the provider states none. */
  expiresAt?: number;
  /** When the refresh token ends, where the provider says. */
  refreshExpiresAt?: number;
  /** When the credential was obtained or last renewed. */
  obtainedAt?: number;
  /** Granted scope, space separated. */
  scope?: string;
  /**
   * Whether the saved scopes or authorize parameters differ from those that the credential was requested with. Getting a
   * new credential applies them.
   */
  requestChanged?: boolean;
  /** Whether there is one. */
  hasRefreshToken: boolean;
  /** Whether an expired token is renewed without a person. */
  renewable: boolean;
  /** When a test call last succeeded. */
  verifiedAt?: number;
  /** When a consumer was last given a token. */
  lastUsedAt?: number;
  /** Why the last renewal failed, if it did. */
  lastError?: LastError;
}

/**
 * Every {@link StatusReason}. Each one has a line in docs/troubleshooting.md and a text on the page; tests walk this list.
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
  'expired',
  'quarantined',
  'valid',
  'no_expiry',
  'renews_on_use',
] as const;

/**
 * Why a datasource has its state.
 *
 * @public
 */
export type StatusReason = (typeof STATUS_REASONS)[number];
