import {
  DatasourceAuthError,
  message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';

/** Source of an error response: the API, or something before it. */
export type FailureOrigin = 'ours' | 'provider';

/** Returns whether the gateway failed, or the provider that issued no token. */
export function originOf(error: unknown): FailureOrigin {
  const { code } = (error ?? {}) as { code?: string };
  return code === 'datasource_not_authorized' ||
    code === 'datasource_unavailable'
    ? 'provider'
    : 'ours';
}

/** A body that is larger than the datasource allows. */
export function requestTooLarge(limit: number): DatasourceAuthError {
  return new DatasourceAuthError(
    message('error.gateway.requestTooLarge', { limit }),
    { code: 'too_large', statusCode: 413 },
  );
}

/** Creates errors for a call without an API response. They carry no cause. */
export class ApiFailures {
  readonly #api: { name: string; origin: string };

  constructor(options: { datasource: string; origin: string }) {
    this.#api = { name: options.datasource, origin: options.origin };
  }

  timeout(
    what: 'notReached' | 'noResponse' | 'notContinued',
    milliseconds: number,
  ): DatasourceAuthError {
    return new DatasourceAuthError(
      message(`error.gateway.${what}`, { ...this.#api, milliseconds }),
      { code: 'api_timeout', statusCode: 504 },
    );
  }

  answerTooLarge(limit: number): DatasourceAuthError {
    return new DatasourceAuthError(
      message('error.gateway.responseTooLarge', { ...this.#api, limit }),
      { code: 'too_large', statusCode: 502 },
    );
  }

  /** A call with a proof that lacks the nonce that the API wants. It is known now, so the next call has it. */
  nonceRequired(): DatasourceAuthError {
    return new DatasourceAuthError(
      message('error.gateway.nonceRequired', this.#api),
      { code: 'api_unreachable', statusCode: 502 },
    );
  }

  unreadable(): DatasourceAuthError {
    return this.#unreachable(message('error.gateway.notHttp'));
  }

  /** Returns the error for a failed call: our own errors stay, and anything else means that the API is unreachable. */
  of(error: unknown): DatasourceAuthError {
    if (error instanceof DatasourceAuthError) return error;
    if (error instanceof EgressBlockedError) {
      return new DatasourceAuthError(
        [...error.texts.cause, ...error.texts.remedy],
        {
          code: 'egress_blocked',
          statusCode: 403,
        },
      );
    }
    const { code } = (error ?? {}) as { code?: unknown };
    return this.#unreachable(
      typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)
        ? code
        : message('error.gateway.connectionFailed'),
    );
  }

  #unreachable(reason: MessageValue): DatasourceAuthError {
    return new DatasourceAuthError(
      message('error.gateway.notCalled', { ...this.#api, reason }),
      { code: 'api_unreachable', statusCode: 502 },
    );
  }
}
