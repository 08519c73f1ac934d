import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';
import {
  ConsumableDatasource,
  DelegationContext,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceRequestInit } from '../calls';
import { DatasourceToken } from '../tokens';

/**
 * Options of every call: on whose behalf, and when to stop waiting.
 *
 * @public
 */
export interface DatasourceAuthRequestOptions {
  /**
   * The caller. Without it, or with the credentials of a service: the plugin itself, which must be allowed. Of a user:
   * the plugin must be allowed **and** the user needs `use`. Code that runs for many users (a scaffolder action, a
   * proxy) should always pass them.
   */
  credentials?: BackstageCredentials;
  /** Ends this caller's wait with the signal's reason. The work continues for other callers. */
  signal?: AbortSignal;
}

/**
 * Whose credential a call uses.
 *
 * @public
 */
export interface DatasourceSubjectOptions {
  /**
   * `service` (the default): the credential that all plugins share. `user`: the account that the user in `credentials`
   * connected, if they agreed to this plugin. There is no fallback from one to the other. This library caches nothing
   * about people's accounts and delegations.
   */
  subject?: 'service' | 'user';
  /**
   * A handle from {@link DatasourceAuthService.delegate}: acts as the user who agreed, with `context` and instead of
   * `credentials` and `subject`. Secret.
   */
  delegation?: string;
  /** The context that the user agreed to. */
  context?: DelegationContext;
}

/**
 * What a plugin asks a user for.
 *
 * @public
 */
export interface DelegateOptions extends DatasourceRef {
  /** Of the user. */
  credentials: BackstageCredentials;
  /** What you do as the user, in up to 200 characters. The user reads it before they agree. */
  purpose: string;
  /** What it is for, such as `{ task: '42' }`. Each use must name the same values. */
  context: DelegationContext;
  /** When it ends. Default: in 7 days. An end after `datasourceAuth.people.maxDelegation` is rejected. */
  until?: Date;
  /**
   * False: only reads the decision, for polling. If the user declined, or wasn't asked, it rejects with
   * `delegation_ended` instead of asking them. Default: true.
   */
  askAgain?: boolean;
  /** Ends this caller's wait with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Names a datasource.
 *
 * @public
 */
export interface DatasourceRef {
  /** Name of the datasource. */
  datasource: string;
}

/**
 * Options for getting a token.
 *
 * @public
 */
export interface GetTokenOptions
  extends DatasourceRef,
    DatasourceSubjectOptions,
    DatasourceAuthRequestOptions {
  /**
   * Minimum validity from now, in **seconds** or as a duration. The backend limits it to half of the provider's token
   * lifetime.
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
    DatasourceSubjectOptions,
    DatasourceAuthRequestOptions {
  /** The `version` of the token that the API did not accept. */
  version: string;
  /**
   * Which calls it was rejected for, such as `GET /incidents`: without ids, so that equal calls have the same name. One
   * route that rejects every token says nothing about the others.
   */
  route?: string;
}

/**
 * Which datasource to watch, and how often.
 *
 * @public
 */
export interface OnStatusChangeOptions extends DatasourceRef {
  /** How often to read the status; 30 seconds by default. */
  every?: HumanDuration;
}

/**
 * A subscription that runs until you end it, or the process ends.
 *
 * @public
 */
export interface StatusSubscription {
  /** Ends the subscription. */
  unsubscribe(): void;
}

/**
 * Fresh OAuth 2.0 tokens of external APIs, by the name of a datasource that a user authorized once.
 *
 * @remarks
 *
 * Every method rejects with a typed error that has a stable `code`, an HTTP `statusCode` for your own response (never
 * 401) and, if there is one, the `link` of the page where it can be fixed:
 *
 * - `DatasourceNotConfiguredError` (409): a required setting is missing.
 * - `DatasourceNotAuthorizedError` (409): a user must authorize the datasource.
 * - `DatasourceConsumerNotAllowedError` (403): this plugin isn't one of the allowed plugins.
 * - `DatasourceConnectionError` (409): the user must connect their account, or agree (again). Only with `subject: 'user'`,
 *   `delegation` and `delegate`.
 * - `DatasourceUnavailableError` (503): the provider, API or backend can't be reached now.
 * - `DatasourceAuthError` for everything else, such as `not_found` and `not_installed`.
 *
 * @public
 */
export interface DatasourceAuthService {
  /**
   * Returns a valid token, from memory while it is fresh. Near its expiry it still returns at once, and the token is
   * refreshed in the background.
   */
  getToken(options: GetTokenOptions): Promise<DatasourceToken>;

  /**
   * Calls the API of a datasource with its token. `path` is appended to the base URL of the datasource. An absolute URL
   * is accepted if it leads to the origin of the base URL or to an allowed host. The token is sent to no other host.
   *
   * @remarks
   *
   * When the API rejects the token, it is refreshed once and the call repeated once, if its body can be sent twice (a
   * stream can't). At most five redirects are followed. The token, `Authorization` and `Cookie` are dropped when one
   * leaves the origin.
   */
  fetch(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response>;

  /**
   * For plugins that call the API by other means than `fetch`: reports that the API rejected a token, and returns
   * another one. If the token was just refreshed, it rejects with `DatasourceUnavailableError` or returns the same
   * token: an API that rejects every token must not cause endless refreshes.
   */
  reportRejected(options: ReportRejectedOptions): Promise<DatasourceToken>;

  /**
   * Asks a user whether this plugin may act as them later, while they aren't there. Rejects with
   * `DatasourceConnectionError` and the code `user_consent_needed` until they agreed on the page at `link`. Then the same
   * call returns a handle: store it as a secret, with your task. Each call returns another handle, and the last ten work.
   */
  delegate(options: DelegateOptions): Promise<string>;

  /**
   * Returns name, title and status of a datasource. To act as a user, it rejects with the error that a call would get, or
   * returns `AUTHORIZED`.
   */
  getStatus(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource>;

  /** Returns the datasources that this plugin may use. */
  list(options?: DatasourceAuthRequestOptions): Promise<ConsumableDatasource[]>;

  /**
   * Calls the listener when the state or the reason of a datasource has changed since the last poll. The first poll
   * doesn't call it. A poll that fails is skipped.
   */
  onStatusChange(
    options: OnStatusChangeOptions,
    listener: (datasource: ConsumableDatasource) => void | Promise<void>,
  ): StatusSubscription;
}
