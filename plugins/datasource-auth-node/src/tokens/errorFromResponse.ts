import {
  DatasourceAuthError,
  DatasourceConsumerNotAllowedError,
  DatasourceErrorCode,
  DatasourceErrorOptions,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';

const TYPED = {
  DatasourceNotConfiguredError,
  DatasourceNotAuthorizedError,
  DatasourceConsumerNotAllowedError,
  DatasourceUnavailableError,
};

const MESSAGE_LIMIT = 2_000;

/** An answer of the backend that is not a success. @internal */
export interface FailedResponse {
  status: number;
  /** The parsed body, if it was JSON. */
  body?: unknown;
  /** What was asked, for the message: `the token of datasource 'x'`. */
  what: string;
  /** Whether the call was made with the plugin's own token, not on behalf of somebody. */
  ownToken: boolean;
}

/**
 * Rebuilds the backend's typed error from its answer, by name, with code and link. An answer without one of our codes
 * comes from something else that stands in the way, and says so. Never a 401: that would sign a user out whose
 * session is fine.
 *
 * @internal
 */
export function errorFromResponse(answer: FailedResponse): DatasourceAuthError {
  const error = (answer.body as { error?: unknown } | undefined)?.error;
  const stated = readStated(error);
  if (!stated) return withoutCode(answer);
  const { name, message, ...options } = stated;
  const Typed = TYPED[name as keyof typeof TYPED];
  if (Typed) return new Typed(message, options);
  const statusCode = answer.status === 401 ? 403 : answer.status;
  return new DatasourceAuthError(message, { ...options, statusCode });
}

/**
 * Whether an error settles the matter until somebody changes something. Everything else passes by itself.
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
 * The backend plugin does not answer where discovery says it is.
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
  const { name, message, code, link, retryAt, diagnosis, fields } =
    error as Record<string, unknown>;
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
      `The credentials passed for ${what} are not accepted (HTTP ${status}). They may have expired meanwhile.`,
      { code: 'not_allowed', statusCode: 403 },
    );
  }
  if (status === 400) {
    return new DatasourceAuthError(
      `The datasource-auth backend refused the request for ${what} as malformed.`,
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  return new DatasourceUnavailableError(
    `The datasource-auth backend answered the request for ${what} with HTTP ${status}. Try again later.`,
  );
}

function isWebLink(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol)
  );
}
