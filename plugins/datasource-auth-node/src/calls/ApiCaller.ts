import {
  apiHostFault,
  apiQueryNames,
  apiQueryWith,
  apiQueryWithout,
  apiUrl,
  DatasourceAuthError,
  DatasourceUnavailableError,
  PathFault,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from '../egress/EgressError';
import { ActingOptions } from '../tokens/DatasourceAuthBackend';
import { DatasourceToken } from '../tokens/DatasourceToken';
import { isFinal } from '../tokens/errorFromResponse';
import { failureCode } from '../tokens/failureCode';
import { ApiRequest, DatasourceRequestInit } from './ApiRequest';
import { FetchUnder } from './Connections';
import { isTokenExpired, isTokenRejected } from './tokenRejection';

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
const REDIRECT_LIMIT = 5;

/** Headers, besides those of the token, that are dropped when a request leaves the origin. */
const PRIVATE_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

interface Target extends ActingOptions {
  datasource: string;
  signal?: AbortSignal;
}

/** Source of tokens for the caller. @internal */
export interface TokenSource {
  getToken(options: Target): Promise<DatasourceToken>;
  reportRejected(
    options: Target & { version: string; route?: string },
  ): Promise<DatasourceToken>;
  noteAccepted(options: Target & { version: string }): void;
}

interface Answer {
  response: Response;
  /** Whether the request carried the token, and the response says that the API doesn't accept it. */
  tokenRejected: boolean;
  /** Whether it carried the token and succeeded. */
  tokenAccepted: boolean;
  /** The kind of call; calls that differ only in IDs have the same one. */
  route: string;
}

/** Calls an API through the backend, which has the key for it. @internal */
export type CallApi = (
  options: Target & { url: string; init: RequestInit },
) => Promise<Response>;

/**
 * Calls APIs with the token of a datasource: only on its hosts, only where the backend's egress rules allow it, and
 * once more with another token if the first is rejected.
 *
 * @internal
 */
export class ApiCaller {
  readonly #fetchUnder: FetchUnder;
  readonly #callApi: CallApi;
  readonly #tokens: TokenSource;

  constructor(options: {
    fetchUnder: FetchUnder;
    callApi: CallApi;
    tokens: TokenSource;
  }) {
    this.#fetchUnder = options.fetchUnder;
    this.#callApi = options.callApi;
    this.#tokens = options.tokens;
  }

  async fetch(
    options: Target,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response> {
    const request = ApiRequest.create(init);
    const target = { ...options, signal: anyOf(options.signal, init?.signal) };
    const token = await this.#tokens.getToken(target);
    const first = await this.#send(target, path, request, token);
    if (!first.tokenRejected) return this.#noted(first, target, token);

    const { route } = first;
    const rejected = { ...target, version: token.version, route };
    if (!request.isReplayable) {
      // There is nothing to repeat, but the next caller needs a valid token
      this.#tokens
        .reportRejected({ ...rejected, signal: undefined })
        .catch(() => {});
      return first.response;
    }
    const renewed = await this.#renew(rejected, first.response);
    if (!renewed) return first.response;
    await first.response.body?.cancel();
    const second = await this.#send(target, path, request, renewed);
    if (second.tokenRejected) {
      // No third token: a route that rejects every token differs from an expired token
      this.#tokens
        .reportRejected({
          ...rejected,
          version: renewed.version,
          signal: undefined,
        })
        .catch(() => {});
    }
    return this.#noted(second, target, renewed);
  }

  #noted(answer: Answer, target: Target, token: DatasourceToken): Response {
    if (answer.tokenAccepted) {
      this.#tokens.noteAccepted({ ...target, version: token.version });
    }
    return answer.response;
  }

  /** Returns another token, or undefined if there is none now: then the API's own response is the most informative. */
  async #renew(
    rejected: Target & { version: string; route: string },
    response: Response,
  ): Promise<DatasourceToken | undefined> {
    try {
      const renewed = await this.#tokens.reportRejected(rejected);
      return renewed.version === rejected.version ? undefined : renewed;
    } catch (error) {
      if (!rejected.signal?.aborted && !isFinal(error)) return undefined;
      await response.body?.cancel().catch(() => {});
      throw error;
    }
  }

  async #send(
    target: Target,
    path: string | URL,
    bare: ApiRequest,
    token: DatasourceToken,
  ): Promise<Answer> {
    const { datasource } = target;
    const { egress } = token;
    if (!egress) throw withoutPolicy(datasource);
    const direct = this.#fetchUnder(egress);
    const through = (url: string, init: RequestInit) =>
      this.#callApi({ ...target, url, init });
    const { encodedSlash } = bare;
    let url = authenticated(
      apiUrl(path, { ...token, datasource }, { encodedSlash }),
      token,
    );
    const route = routeOf(bare.method, url, token);
    let request = bare.withHeaders({
      // A response that says when the token has expired has to be read.
      ...(token.expired && { 'accept-encoding': 'identity' }),
      ...token.headers,
    });
    let carriesToken = true;
    for (let redirects = 0; ; redirects++) {
      const isThrough = carriesToken && token.boundToBackend === true;
      const response = await once(
        isThrough ? through : direct,
        ...([url, request, target] as const),
      );
      const location = redirectOf(response, url);
      const next =
        location &&
        redirectTarget(location, { from: url, carriesToken, token });
      if (!next || request.redirect === 'manual') {
        // The backend judges its own calls.
        const isJudged = carriesToken && !isThrough;
        const tokenRejected =
          isJudged &&
          (isTokenRejected(response, token.rejectedStatuses) ||
            (await isTokenExpired(request.method, response, token.expired)));
        const tokenAccepted =
          isJudged && response.status < 400 && !tokenRejected;
        return { response, tokenRejected, tokenAccepted, route };
      }
      await response.body?.cancel();
      const fault = redirectFault(
        request,
        response.status,
        redirects,
        url,
        next,
      );
      if (fault) throw unreachable(datasource, url, fault);
      const hostFault = apiHostFault(next, token);
      if (hostFault) throw redirectRefused(datasource, next, hostFault);
      request = request.redirected(response.status);
      if (next.origin !== url.origin) {
        request = request.withoutHeaders([
          ...Object.keys(token.headers),
          ...PRIVATE_HEADERS,
        ]);
        carriesToken = false;
      }
      url = next;
    }
  }
}

/** Returns the address with the token's query parameters, which replace the caller's. */
function authenticated(url: URL, { query }: DatasourceToken): URL {
  const whole = new URL(url);
  whole.search = apiQueryWith(url.search.slice(1), query);
  return whole;
}

/**
 * Returns the target of a redirect. An API can echo the request URL, so at another origin all parts of the token are
 * removed.
 */
function redirectTarget(
  location: URL,
  options: { from: URL; carriesToken: boolean; token: DatasourceToken },
): URL {
  const { from, carriesToken, token } = options;
  if (carriesToken && location.origin === from.origin)
    return authenticated(location, token);
  const whole = new URL(location);
  const names = apiQueryNames(new URLSearchParams(token.query).toString());
  if (names.size > 0)
    whole.search = apiQueryWithout(names, location.search.slice(1));
  return whole;
}

async function once(
  fetchApi: (url: string, init: RequestInit) => Promise<Response>,
  url: URL,
  request: ApiRequest,
  { datasource, signal }: Target,
): Promise<Response> {
  try {
    return await fetchApi(url.href, request.init(signal));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof DatasourceAuthError) throw error;
    const { cause } = (error ?? {}) as { cause?: unknown };
    const blocked = [error, cause].find(
      candidate => candidate instanceof EgressBlockedError,
    );
    if (blocked) throw egressBlocked((blocked as EgressBlockedError).message);
    throw unreachable(
      datasource,
      url,
      failureCode(error) ?? 'the connection failed',
    );
  }
}

/** Returns the method and the first segment below the base URL. Later segments are mostly IDs. */
function routeOf(method: string, url: URL, { baseUrl }: DatasourceToken) {
  const root = baseUrl ? new URL(baseUrl).pathname.replace(/\/+$/, '') : '';
  const below = url.pathname.startsWith(`${root}/`)
    ? url.pathname.slice(root.length)
    : url.pathname;
  return `${method} /${below.split('/', 2)[1] ?? ''}`.slice(0, 200);
}

function redirectOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location');
  if (!REDIRECT_STATUSES.includes(response.status) || location === null)
    return undefined;
  return URL.canParse(location, from.href)
    ? new URL(location, from.href)
    : undefined;
}

function redirectFault(
  request: ApiRequest,
  status: number,
  redirects: number,
  from: URL,
  to: URL,
): string | undefined {
  if (request.redirect === 'error') return 'it redirects';
  if (redirects >= REDIRECT_LIMIT)
    return `it redirects more than ${REDIRECT_LIMIT} times`;
  if (to.protocol !== 'https:' && to.protocol !== from.protocol)
    return 'it redirects from https to something else';
  if (!request.redirected(status).isReplayable)
    return 'it redirects a request whose body cannot be sent again';
  return undefined;
}

function anyOf(
  ...signals: Array<AbortSignal | null | undefined>
): AbortSignal | undefined {
  const given = signals.filter(
    signal => signal !== null && signal !== undefined,
  );
  return given.length > 1 ? AbortSignal.any(given) : given[0];
}

/** Drops the cause, because fields of causes reach clients. */
function unreachable(datasource: string, url: URL, reason: string) {
  return new DatasourceUnavailableError(
    `The API of datasource '${datasource}' at ${url.origin} couldn't be called: ${reason}.`,
  );
}

function egressBlocked(message: string) {
  return new DatasourceAuthError(message, {
    code: 'egress_blocked',
    statusCode: 403,
  });
}

function redirectRefused(datasource: string, to: URL, fault: PathFault) {
  const reason = renderMessages([fault]);
  return egressBlocked(
    `The API of datasource '${datasource}' redirects to ${to.origin}, which is not followed: ${reason}. Add the host to ` +
      "the allowed hosts of the datasource, or pass redirect: 'manual' and decide yourself.",
  );
}

/** Without the rules, no calls are allowed. */
function withoutPolicy(datasource: string) {
  return egressBlocked(
    `The datasource-auth backend sent no egress rules with the token of datasource '${datasource}', so nothing was called. ` +
      'Use matching versions of the backend plugin and of backstage-plugin-datasource-auth-node.',
  );
}
