import { CustomErrorBase } from '@backstage/errors';
import { Diagnosis } from './status';
import { Message, message as textOf, renderMessages } from './texts';

/**
 * Stable codes in `error.code` of a response. `make docs` copies the comments to docs/errors.md.
 *
 * @public
 */
export const DATASOURCE_ERROR_CODES = [
  /** The request is invalid; `error.fields` names each field. */
  'invalid_request',
  /** The datasource doesn't exist, or you may not see it. */
  'not_found',
  /** Another datasource has this name, or `app-config` declares it. */
  'name_taken',
  /** Change the datasource in `app-config`. You can authorize and clear it on the page. */
  'declared_read_only',
  /** Send `If-Match` with the version that you read. */
  'version_required',
  /**
   * The datasource or delegation has changed: read it again. The page shows both versions of a datasource and keeps your
   * input.
   */
  'version_conflict',
  /** The staged credential is for other settings, or has expired as a draft. Get a new one. */
  'credential_out_of_date',
  /** The settings send saved secrets to a new server. Enter them again. */
  'secrets_required',
  /** Plugins used the datasource in the last day. To delete it, send `force`. */
  'in_use',
  /** You don't have permission; the message names it. */
  'not_allowed',
  /** Permissions are off and `datasourceAuth.access.managers` is empty. */
  'managers_missing',
  /** Only you can connect your account, in person: no plugin and no external token can. */
  'person_only',
  /** Several people share this user, so it can't connect an account. */
  'shared_user',
  /** The account may not be yours. Confirm what `GET /authorizations/{id}` names, or start again. */
  'confirmation_required',
  /** The API rejects what you entered. Check it, or create a new one there. */
  'secret_rejected',
  /** You tried too often. Retry at `error.retryAt`. */
  'too_many_attempts',
  /** Requires a user, or an external token with the named permission. */
  'not_a_person',
  /** Only backend plugins get tokens. */
  'not_a_plugin',
  /** The link to the provider was used or is older than a minute. Start again from the datasource. */
  'ticket_invalid',
  /**
   * The provider's response doesn't match an attempt: used, older than ten minutes, or from another browser. Start
   * again.
   */
  'callback_invalid',
  /** Another user started this approval, and must finish it. Or start your own. */
  'other_user',
  /** This attempt is over. Start a new one. */
  'authorization_ended',
  /** The provider refused; `error.diagnosis` has the cause and the remedy. */
  'authorization_failed',
  /**
   * The approval request was used, declined or withdrawn, has expired, or the datasource has changed. Ask for a new
   * one.
   */
  'request_ended',
  /** `datasourceAuth.egress` doesn't allow the address. */
  'egress_blocked',
  /** A required setting is missing; the message names it. */
  'datasource_not_configured',
  /** A person must get a new credential; `error.link` leads to the page. */
  'datasource_not_authorized',
  /** The plugin isn't allowed, or the user doesn't have `use`. */
  'consumer_not_allowed',
  /** The user hasn't connected their account, or must connect it again; `error.link` leads to the page. */
  'user_not_connected',
  /** The user hasn't agreed to this plugin, route or host; `error.link` leads to the page. */
  'user_consent_outdated',
  /** The user's account was connected without a scope that is needed now; `error.link` leads to the page. */
  'user_scope_missing',
  /** The user must agree to the delegation first; `error.link` leads to the page. */
  'user_consent_needed',
  /**
   * The delegation is over or was taken back, or it doesn't cover this plugin, context or use. Ask the user again with
   * `delegate`.
   */
  'delegation_ended',
  /** The user left the catalog, or has the name of someone who did, and must connect again; `error.link` leads to the page. */
  'user_suspended',
  /** No token for now; retry at `error.retryAt`. */
  'datasource_unavailable',
  /** The datasource has no gateway route for this method and path. */
  'gateway_closed',
  /** The API demands a client certificate, which only the backend has. Call it with `fetch` of the service. */
  'bound_to_backend',
  /** The request or the API's response exceeds the limits of the gateway. */
  'too_large',
  /** The gateway couldn't connect to the API, or the response isn't HTTP. */
  'api_unreachable',
  /** The API didn't respond in time. */
  'api_timeout',
  /** The backend plugin doesn't run here. */
  'not_installed',
] as const;

/**
 * One of {@link DATASOURCE_ERROR_CODES}.
 *
 * @public
 */
export type DatasourceErrorCode = (typeof DATASOURCE_ERROR_CODES)[number];

/**
 * What went wrong: one or more texts, or English that isn't translated.
 *
 * @public
 */
export type ErrorMessage = string | Message | readonly Message[];

/**
 * Details of a failure besides its message. All of them reach the client.
 *
 * @public
 */
export interface DatasourceErrorOptions {
  /** Stable code for programs. */
  code: DatasourceErrorCode;
  /** HTTP status. */
  statusCode: number;
  /** URL of the page where the user can fix it. */
  link?: string;
  /** What the provider did, in plain language. */
  diagnosis?: Diagnosis;
  /** Time in epoch milliseconds before which a retry is pointless. */
  retryAt?: number;
  /** The message as codes and values, so that the page can translate it. */
  texts?: readonly Message[];
  /** Errors of single fields: dotted path to message. By default, the English of `fieldTexts`. */
  fields?: Record<string, string>;
  /** Errors of single fields as codes and values. */
  fieldTexts?: Record<string, readonly Message[]>;
}

/**
 * Details of a failure whose class sets the code and status.
 *
 * @public
 */
export type DatasourceErrorDetails = Omit<
  DatasourceErrorOptions,
  'code' | 'statusCode'
>;

/**
 * A failure with a stable code, an HTTP status and, if available, a link to the page that helps. It never has a cause,
 * because the cause and its properties would reach the client.
 *
 * @public
 */
export class DatasourceAuthError extends CustomErrorBase {
  /** Name by which the client restores the class. */
  name = 'DatasourceAuthError';
  /** Stable code for programs. */
  readonly code: DatasourceErrorCode;
  /** HTTP status of the response. */
  readonly statusCode: number;
  /** URL of the page where the user can fix it. */
  readonly link?: string;
  /** What the provider did, in plain language. */
  readonly diagnosis?: Diagnosis;
  /** Time in epoch milliseconds before which a retry is pointless. */
  readonly retryAt?: number;
  /** The message as codes and values, so that the page can translate it. */
  readonly texts?: readonly Message[];
  /** Errors of single fields: dotted path to message. */
  readonly fields?: Record<string, string>;
  /** Errors of single fields as codes and values. */
  readonly fieldTexts?: Record<string, readonly Message[]>;

  /**
   * @param message - what went wrong: as texts, or in English if it isn't shown on the page
   */
  constructor(message: ErrorMessage, options: DatasourceErrorOptions) {
    super(
      typeof message === 'string' ? message : renderMessages(textsOf(message)),
    );
    this.code = options.code;
    this.statusCode = options.statusCode;
    if (options.link) this.link = options.link;
    if (options.diagnosis) this.diagnosis = options.diagnosis;
    if (options.retryAt) this.retryAt = options.retryAt;
    const texts =
      typeof message === 'string' ? options.texts : textsOf(message);
    if (texts) this.texts = texts;
    const { fieldTexts, fields = englishFields(fieldTexts) } = options;
    if (fields) this.fields = fields;
    if (fieldTexts) this.fieldTexts = fieldTexts;
  }
}

function textsOf(message: Exclude<ErrorMessage, string>): readonly Message[] {
  return Array.isArray(message) ? message : [message as Message];
}

function englishFields(
  texts: DatasourceErrorOptions['fieldTexts'],
): Record<string, string> | undefined {
  return (
    texts &&
    Object.fromEntries(
      Object.entries(texts).map(([path, said]) => [path, renderMessages(said)]),
    )
  );
}

/**
 * A required setting is missing (409).
 *
 * @public
 */
export class DatasourceNotConfiguredError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceNotConfiguredError';
  constructor(message: ErrorMessage, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'datasource_not_configured',
      statusCode: 409,
    });
  }
}

/**
 * A user must authorize the datasource (409).
 *
 * @public
 */
export class DatasourceNotAuthorizedError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceNotAuthorizedError';
  constructor(message: ErrorMessage, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'datasource_not_authorized',
      statusCode: 409,
    });
  }
}

/**
 * The calling plugin isn't an allowed plugin of the datasource (403).
 *
 * @public
 */
export class DatasourceConsumerNotAllowedError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceConsumerNotAllowedError';
  constructor(message: ErrorMessage, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'consumer_not_allowed',
      statusCode: 403,
    });
  }
}

/**
 * Why a plugin can't act as a user now, although the datasource allows it.
 *
 * @public
 */
export type ConnectionErrorCode = Extract<
  DatasourceErrorCode,
  | 'user_not_connected'
  | 'user_consent_outdated'
  | 'user_scope_missing'
  | 'user_consent_needed'
  | 'delegation_ended'
  | 'user_suspended'
>;

/**
 * The user must connect their account, or agree again (409). `link` leads to the page where they can.
 *
 * @public
 */
export class DatasourceConnectionError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceConnectionError';
  constructor(
    message: ErrorMessage,
    options: DatasourceErrorDetails & { code: ConnectionErrorCode },
  ) {
    super(message, { ...options, statusCode: 409 });
  }
}

/**
 * Creates the error for a caller that wants a token that only the backend can use (409).
 *
 * @public
 */
export function boundToBackend(datasource: string): DatasourceAuthError {
  return new DatasourceAuthError(
    textOf('error.gateway.boundToBackend', { name: datasource }),
    { code: 'bound_to_backend', statusCode: 409 },
  );
}

/**
 * The provider can't be called now (503). A later retry may succeed.
 *
 * @public
 */
export class DatasourceUnavailableError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceUnavailableError';
  constructor(message: ErrorMessage, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'datasource_unavailable',
      statusCode: 503,
    });
  }
}
