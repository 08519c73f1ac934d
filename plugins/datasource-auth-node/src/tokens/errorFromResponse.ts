import {
  DatasourceAuthError,
  DatasourceConnectionError,
  DatasourceConsumerNotAllowedError,
  DatasourceErrorCode,
  DatasourceErrorOptions,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';

const TYPED = {
  DatasourceConnectionError,
  DatasourceNotConfiguredError,
  DatasourceNotAuthorizedError,
  DatasourceConsumerNotAllowedError,
  DatasourceUnavailableError,
};

/** Only one of the classes has codes of its own; the response states which. */
type ConnectionErrorOptions = ConstructorParameters<
  typeof DatasourceConnectionError
>[1];

const MESSAGE_LIMIT = 2_000;

/** A response of the backend that isn't a success. @internal */
export interface FailedResponse {
  status: number;
  /** The parsed body, if it was JSON. */
  body?: unknown;
  /** What was requested, for the message: `the token of datasource 'x'`. */
  what: string;
  /** Whether the call was made with the plugin's own token, not on behalf of a user. */
  ownToken: boolean;
}

/**
 * Restores the backend's typed error from its response, by name, with code and link. A response without one of our
 * codes comes from something in between, and the message says so. Never a 401: that would sign out a user whose session
 * is valid.
 *
 * @internal
 */
export function errorFromResponse(answer: FailedResponse): DatasourceAuthError {
  const error = (answer.body as { error?: unknown } | undefined)?.error;
  const stated = readStated(error);
  if (!stated) return withoutCode(answer);
  const { name, message, ...options } = stated;
  const Typed = TYPED[name as keyof typeof TYPED];
  if (Typed) return new Typed(message, options as ConnectionErrorOptions);
  const statusCode = answer.status === 401 ? 403 : answer.status;
  return new DatasourceAuthError(message, { ...options, statusCode });
}

/**
 * Returns whether an error stays until someone changes something. Every other error is temporary.
 *
 * @internal
 */
export function isFinal(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: DatasourceErrorCode };
  return (
    error instanceof DatasourceAuthError &&
    code !== 'datasource_unavailable' &&
    code !== 'not_installed'
  );
}

/**
 * Creates the error for a backend plugin that doesn't respond at its discovered address.
 *
 * @internal
 */
export function notInstalledError(): DatasourceAuthError {
  return new DatasourceAuthError(
    "The backend plugin 'datasource-auth' is not installed, or discovery points at a backend without it. Add " +
      "backend.add(import('backstage-plugin-datasource-auth-backend')) to your backend.",
    { code: 'not_installed', statusCode: 501 },
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

type Stated = Partial<Omit<DatasourceErrorOptions, 'statusCode'>> & {
  code: DatasourceErrorCode;
  name: string;
  message: string;
};

function readStated(error: unknown): Stated | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, message, code, link, retryAt, diagnosis, ...texts } =
    error as Record<string, unknown>;
  const { fields, fieldTexts } = texts;
  if (typeof code !== 'string' || !/^[a-z_]{1,50}$/.test(code))
    return undefined;
  return {
    name: String(name),
    message: String(message).slice(0, MESSAGE_LIMIT),
    code: code as DatasourceErrorCode,
    ...(isWebLink(link) && { link }),
    ...(typeof retryAt === 'number' && { retryAt }),
    ...(isObject(diagnosis) && {
      diagnosis: diagnosis as DatasourceErrorOptions['diagnosis'],
    }),
    ...(isObject(fields) && {
      fields: fields as DatasourceErrorOptions['fields'],
    }),
    ...(Array.isArray(texts.texts) && { texts: texts.texts }),
    ...(isObject(fields) &&
      isObject(fieldTexts) && {
        fieldTexts: fieldTexts as DatasourceErrorOptions['fieldTexts'],
      }),
  };
}

function withoutCode(answer: FailedResponse): DatasourceAuthError {
  const { status, what, ownToken } = answer;
  if (status === 404) return notInstalledError();
  if (status === 401 && ownToken) {
    return new DatasourceUnavailableError(
      `The datasource-auth backend did not accept this plugin's own Backstage token when asked for ${what}. Check that ` +
        'both backends can reach each other by discovery, and their clocks.',
    );
  }
  if (status === 401 || status === 403) {
    return new DatasourceAuthError(
      `The credentials passed for ${what} are not accepted (HTTP ${status}). They may have expired.`,
      { code: 'not_allowed', statusCode: 403 },
    );
  }
  if (status === 400) {
    return new DatasourceAuthError(
      `The datasource-auth backend rejected the request for ${what} as malformed.`,
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  return new DatasourceUnavailableError(
    `The datasource-auth backend responded to the request for ${what} with HTTP ${status}. Try again later.`,
  );
}

function isWebLink(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol)
  );
}
