import { CustomErrorBase } from '@backstage/errors';
import { Diagnosis } from './status';

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
  /** Errors of single fields: dotted path to message. */
  fields?: Record<string, string>;
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
  /** Errors of single fields: dotted path to message. */
  readonly fields?: Record<string, string>;

  constructor(message: string, options: DatasourceErrorOptions) {
    super(message);
    this.code = options.code;
    this.statusCode = options.statusCode;
    if (options.link) this.link = options.link;
    if (options.diagnosis) this.diagnosis = options.diagnosis;
    if (options.retryAt) this.retryAt = options.retryAt;
    if (options.fields) this.fields = options.fields;
  }
}

/**
 * A required setting is missing (409).
 *
 * @public
 */
export class DatasourceNotConfiguredError extends DatasourceAuthError {
  /** Name by which the client restores the class. */
  name = 'DatasourceNotConfiguredError';
  constructor(message: string, options: DatasourceErrorDetails = {}) {
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
  constructor(message: string, options: DatasourceErrorDetails = {}) {
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
  constructor(message: string, options: DatasourceErrorDetails = {}) {
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
    `Calls to the API of datasource '${datasource}' need a key that only the backend has. Call the API with fetch of datasourceAuthServiceRef.`,
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
  constructor(message: string, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'datasource_unavailable',
      statusCode: 503,
    });
  }
}
