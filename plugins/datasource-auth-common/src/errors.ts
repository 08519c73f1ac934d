import { CustomErrorBase } from '@backstage/errors';
import { Diagnosis } from './status';

/**
 * Stable codes that stand in `error.code` of an answer.
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
 * What may be said about a failure besides its message. Everything here reaches the client.
 *
 * @public
 */
export interface DatasourceErrorOptions {
  /** Stable code, for programs. */
  code: DatasourceErrorCode;
  /** HTTP status. */
  statusCode: number;
  /** Address of the page where it is put right. */
  link?: string;
  /** What the provider did, in words. */
  diagnosis?: Diagnosis;
  /** Epoch milliseconds before which asking again is pointless. */
  retryAt?: number;
  /** Faults of single fields: dotted path to message. */
  fields?: Record<string, string>;
}

/**
 * What may be said where the class decides on code and status.
 *
 * @public
 */
export type DatasourceErrorDetails = Omit<
  DatasourceErrorOptions,
  'code' | 'statusCode'
>;

/**
 * A failure with a stable code, an HTTP status and, where there is one, the page that helps. It never has a cause:
 * causes and their members would reach the client.
 *
 * @public
 */
export class DatasourceAuthError extends CustomErrorBase {
  /** By this the client rebuilds the class. */
  name = 'DatasourceAuthError';
  /** Stable code, for programs. */
  readonly code: DatasourceErrorCode;
  /** HTTP status of the answer. */
  readonly statusCode: number;
  /** Address of the page where it is put right. */
  readonly link?: string;
  /** What the provider did, in words. */
  readonly diagnosis?: Diagnosis;
  /** Epoch milliseconds before which asking again is pointless. */
  readonly retryAt?: number;
  /** Faults of single fields: dotted path to message. */
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
  /** By this the client rebuilds the class. */
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
 * A person has to authorize the datasource (409).
 *
 * @public
 */
export class DatasourceNotAuthorizedError extends DatasourceAuthError {
  /** By this the client rebuilds the class. */
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
 * The calling plugin is not among the consumers of the datasource (403).
 *
 * @public
 */
export class DatasourceConsumerNotAllowedError extends DatasourceAuthError {
  /** By this the client rebuilds the class. */
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
 * The provider cannot be asked now; trying again later may help (503).
 *
 * @public
 */
export class DatasourceUnavailableError extends DatasourceAuthError {
  /** By this the client rebuilds the class. */
  name = 'DatasourceUnavailableError';
  constructor(message: string, options: DatasourceErrorDetails = {}) {
    super(message, {
      ...options,
      code: 'datasource_unavailable',
      statusCode: 503,
    });
  }
}
