import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
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
    `The body is larger than ${limit} bytes, the limit in gateway.limits.requestBytes.`,
    { code: 'too_large', statusCode: 413 },
  );
}

/** Creates errors for a call without an API response. They carry no cause. */
export class ApiFailures {
  readonly #name: string;
  readonly #origin: string;

  constructor(options: { datasource: string; origin: string }) {
    this.#name = options.datasource;
    this.#origin = options.origin;
  }

  timeout(what: string, milliseconds: number): DatasourceAuthError {
    return new DatasourceAuthError(
      `${this.#subject()} ${what} within ${milliseconds} ms.`,
      { code: 'api_timeout', statusCode: 504 },
    );
  }

  answerTooLarge(limit: number): DatasourceAuthError {
    return new DatasourceAuthError(
      `${this.#subject()} sent a response of more than ${limit} bytes, the limit in gateway.limits.responseBytes.`,
      { code: 'too_large', statusCode: 502 },
    );
  }

  /** A call with a proof that lacks the nonce that the API wants. It is known now, so the next call has it. */
  nonceRequired(): DatasourceAuthError {
    return new DatasourceAuthError(
      `${this.#subject()} asked for a DPoP nonce, and a body of this size can't be sent again. Repeat the call: it will have the nonce.`,
      { code: 'api_unreachable', statusCode: 502 },
    );
  }

  unreadable(): DatasourceAuthError {
    return this.#unreachable("the response isn't HTTP");
  }

  /** Returns the error for a failed call: our own errors stay, and anything else means that the API is unreachable. */
  of(error: unknown): DatasourceAuthError {
    if (error instanceof DatasourceAuthError) return error;
    if (error instanceof EgressBlockedError) {
      return new DatasourceAuthError(error.message, {
        code: 'egress_blocked',
        statusCode: 403,
      });
    }
    const { code } = (error ?? {}) as { code?: unknown };
    return this.#unreachable(
      typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code)
        ? code
        : 'the connection failed',
    );
  }

  #unreachable(reason: string): DatasourceAuthError {
    return new DatasourceAuthError(
      `${this.#subject()} couldn't be called: ${reason}.`,
      { code: 'api_unreachable', statusCode: 502 },
    );
  }

  #subject(): string {
    return `The API of datasource '${this.#name}' at ${this.#origin}`;
  }
}
