import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import { ConsumableDatasource } from 'backstage-plugin-datasource-auth-common';
import { DatasourceRequestInit } from '../calls';
import { DatasourceToken } from '../tokens';

/**
 * On whose behalf, and for how long, something of a datasource is asked.
 *
 * @public
 */
export interface DatasourceAuthRequestOptions {
  /**
   * Who asks. Left out, or the credentials of a service: the plugin asks as itself and must be among the consumers of the
   * datasource. Credentials of a user: the plugin must be allowed **and** the user have the permission to use it. What
   * runs for many people (a scaffolder action, a proxy) always passes them.
   */
  credentials?: BackstageCredentials;
  /** Ends the waiting of this caller, never the work that others wait for too. */
  signal?: AbortSignal;
}

/**
 * Which datasource is meant.
 *
 * @public
 */
export interface DatasourceRef {
  /** Name of the datasource. */
  datasource: string;
}

/**
 * What is asked of a token.
 *
 * @public
 */
export interface GetTokenOptions
  extends DatasourceRef,
    DatasourceAuthRequestOptions {
  /**
   * How long the token has to be valid from now: seconds, or a duration. The backend caps it at half of the lifetime that
   * the provider gives; one second longer than a token lives cannot be had.
   */
  minValidity?: number | HumanDuration;
}

/**
 * Which token was rejected.
 *
 * @public
 */
export interface ReportRejectedOptions
  extends DatasourceRef,
    DatasourceAuthRequestOptions {
  /** The `version` of the token that the API did not accept. */
  version: string;
  /**
   * Which calls it did not accept the token for, such as `GET /incidents`: without ids, so that equal calls have one name.
   * One route that rejects every token says nothing about the others.
   */
  route?: string;
}

/**
 * What is watched, and how often.
 *
 * @public
 */
export interface OnStatusChangeOptions extends DatasourceRef {
  /** How often the status is read; 30 seconds unless told. */
  every?: HumanDuration;
}

/**
 * A watch that runs until it is ended, or the process ends.
 *
 * @public
 */
export interface StatusSubscription {
  /** Ends the subscription. */
  unsubscribe(): void;
}

/**
 * Fresh OAuth 2.0 tokens of external APIs, by the name of a datasource that somebody authorized once.
 *
 * @remarks
 *
 * Every method rejects with a typed error that has a stable `code`, an HTTP `statusCode` for the consumer's own answer
 * (never 401) and, where there is one, the `link` of the page where it is put right:
 *
 * - `DatasourceNotConfiguredError` (409): a required setting is missing.
 * - `DatasourceNotAuthorizedError` (409): a person has to authorize the datasource.
 * - `DatasourceConsumerNotAllowedError` (403): this plugin is not on the list of consumers.
 * - `DatasourceUnavailableError` (503): provider, API or backend cannot be reached now.
 * - `DatasourceAuthError` for the rest, among it `not_found` and `not_installed`.
 *
 * @public
 */
export interface DatasourceAuthService {
  /**
   * A token that is valid now. Answers from memory while the token is fresh; near its expiry it still answers at once and
   * has it renewed behind the caller's back.
   */
  getToken(options: GetTokenOptions): Promise<DatasourceToken>;

  /**
   * Calls the API of a datasource with its token. `path` is appended to the base URL of the datasource; an absolute URL
   * is accepted if it leads to the origin of the base URL or to an allowed host. The token leaves for no other.
   *
   * @remarks
   *
   * When the API rejects the token it is renewed once and the call repeated once, if its body can be sent twice (a
   * stream cannot). Redirects are followed at most five times; the token, `Authorization` and `Cookie` stay behind
   * when one leaves the origin.
   */
  fetch(
    options: DatasourceRef & DatasourceAuthRequestOptions,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response>;

  /**
   * For plugins that call the API by other means than `fetch`: says that the API rejected a token and returns another
   * one. Where a token was renewed a moment ago, it rejects with `DatasourceUnavailableError`, or returns the same
   * one: an API that takes no token at all must not have them renewed without end.
   */
  reportRejected(options: ReportRejectedOptions): Promise<DatasourceToken>;

  /** Name, title and status of a datasource. */
  getStatus(
    options: DatasourceRef & DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource>;

  /** The datasources that this plugin may use. */
  list(options?: DatasourceAuthRequestOptions): Promise<ConsumableDatasource[]>;

  /**
   * Calls the listener when the state or the reason of a datasource is another than at the last look. The first look
   * tells the listener nothing. A look that fails is skipped.
   */
  onStatusChange(
    options: OnStatusChangeOptions,
    listener: (datasource: ConsumableDatasource) => void | Promise<void>,
  ): StatusSubscription;
}
