import {
  boundToBackend,
  DestinationPolicy,
  ExpiredResponse,
  TokenResponse,
} from 'backstage-plugin-datasource-auth-common';

/**
 * A token as the backend hands it out, with everything that a call needs: headers, query parameters, the address of the
 * API and the hosts that they may be sent to. It is shared by all callers and therefore frozen. Times are epoch milliseconds.
 *
 * @public
 */
export type DatasourceToken = Readonly<
  Omit<
    TokenResponse,
    | 'headers'
    | 'query'
    | 'secrets'
    | 'kept'
    | 'allowedHosts'
    | 'rejectedStatuses'
    | 'expired'
    | 'egress'
  >
> & {
  /** The headers that every call needs. They can be secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** The query parameters that every call needs, not encoded. They can be secret. */
  readonly query: Readonly<Record<string, string>>;
  /** All secret values above. Mask them in output: an API can echo its request. */
  readonly secrets: readonly string[];
  /** Fields kept from the callback and the token response, such as `instance_url`. */
  readonly kept: Readonly<Record<string, string>>;
  /** Hosts (`host[:port]`) besides that of the base URL to which the token may be sent. */
  readonly allowedHosts: readonly string[];
  /** HTTP statuses with which the API rejects the token. */
  readonly rejectedStatuses: readonly number[];
  /** How the API says in a successful response that the token has expired. */
  readonly expired?: Readonly<{
    path: string;
    equals: ReadonlyArray<string | number>;
  }>;
  /** The backend's egress rules, which `fetch` applies. Without them it calls nothing. */
  readonly egress?: Readonly<DestinationPolicy>;
};

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(entry => typeof entry === 'string');

const isTextMap = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && isTexts(Object.values(value));

/** What can't be read is not looked for. */
function readExpired({
  path,
  equals,
}: Partial<ExpiredResponse> = {}): DatasourceToken['expired'] {
  return typeof path === 'string' && Array.isArray(equals)
    ? Object.freeze({ path, equals: Object.freeze([...equals]) })
    : undefined;
}

/** Accepts the rules only as a whole: a missing list could be the one that blocks. */
function readPolicy(
  policy: Partial<DestinationPolicy> | undefined,
): Readonly<DestinationPolicy> | undefined {
  const { allow, allowHttp, only } = policy ?? {};
  return isTexts(allow) && isTexts(allowHttp) && isTexts(only)
    ? Object.freeze({ allow, allowHttp, only })
    : undefined;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';

/**
 * Throws if only the backend can use the token.
 *
 * @internal
 */
export function assertUnbound(
  token: DatasourceToken,
  datasource: string,
): DatasourceToken {
  if (token.boundToBackend) throw boundToBackend(datasource);
  return token;
}

/**
 * Reads a response of the token call, and freezes it. Returns undefined if a field is missing.
 *
 * @internal
 */
export function readToken(response: unknown): DatasourceToken | undefined {
  const token = response as Partial<TokenResponse> | null;
  if (
    !isText(token?.version) ||
    !isTextMap(token.headers) ||
    !isTextMap(token.query) ||
    !isTexts(token.secrets) ||
    !isTexts(token.allowedHosts) ||
    !Array.isArray(token.rejectedStatuses)
  ) {
    return undefined;
  }
  return Object.freeze({
    ...(token as TokenResponse),
    headers: Object.freeze({ ...token.headers }),
    query: Object.freeze({ ...token.query }),
    secrets: Object.freeze([...token.secrets]),
    kept: Object.freeze({ ...token.kept }),
    allowedHosts: Object.freeze([...token.allowedHosts]),
    rejectedStatuses: Object.freeze([...token.rejectedStatuses]),
    expired: readExpired(token.expired),
    egress: readPolicy(token.egress),
    boundToBackend: token.boundToBackend === true || undefined,
  });
}
