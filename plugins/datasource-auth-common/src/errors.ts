import { CustomErrorBase } from '@backstage/errors';
import { Diagnosis } from './status';
import { Message, message as textOf, renderMessages } from './texts';

/**
 * Stable codes in `error.code` of a response.
 *
 * @public
 */
export const DATASOURCE_ERROR_CODES = [
  'invalid_request',
  'not_found',
  'name_taken',
  'declared_read_only',
  'version_required',
  'version_conflict',
  'credential_out_of_date',
  'secrets_required',
  'in_use',
  'not_allowed',
  'managers_missing',
  'not_a_person',
  'not_a_plugin',
  'ticket_invalid',
  'callback_invalid',
  'other_user',
  'authorization_ended',
  'authorization_failed',
  'request_ended',
  'egress_blocked',
  'datasource_not_configured',
  'datasource_not_authorized',
  'consumer_not_allowed',
  'datasource_unavailable',
  'gateway_closed',
  'bound_to_backend',
  'too_large',
  'api_unreachable',
  'api_timeout',
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
