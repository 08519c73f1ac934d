import {
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  apiQueryNames,
  apiQueryWith,
  matchGatewayRoutes,
  repeatedApiQueryName,
  templateExpressions,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { TokenPayload } from '../credentials/SealedTokens';
import { apiAuthentication } from '../kinds/apiAuthentication';
import { apiCertificate } from '../kinds/apiCertificate';
import { resolveBaseUrl } from '../settings/apiAddress';
import { secretSpellings } from '../settings/secretSpellings';
import { LoadedDatasource } from '../datasources/Datasources';
import { GatewayCall } from './GatewayCall';

const MEBIBYTE = 1024 * 1024;
const REQUEST_BYTES = 10 * MEBIBYTE;
const RESPONSE_BYTES = 100 * MEBIBYTE;
/** A certificate expires while it is in use. Milliseconds. */
const RECHECK_CERTIFICATE = 60_000;

/** Where calls of a datasource with one token go, computed once. */
export interface ApiAddress {
  /** Name of the datasource. */
  datasource: string;
  /** Base URL, templates filled. */
  baseUrl: string;
  /** Other hosts that may receive the token. */
  allowedHosts: readonly string[];
  origin: string;
  /** The base URL's path, without a slash at its end. */
  root: string;
  /** The base URL's path, unchanged. */
  base: string;
  /** The base URL's query, without question mark. */
  query: string;
  /** Names of its parameters, which no caller may repeat. */
  queryNames: ReadonlySet<string>;
  /** The token and every secret value of a call, in every encoding. */
  secrets: readonly string[];
  /** The headers of the credential, which replace the caller's. */
  headers: Readonly<Record<string, string>>;
  /** The query parameters of the credential, which replace the caller's. */
  ownQuery: Readonly<Record<string, string>>;
  /** The names in it, which no address in a response may repeat. */
  ownQueryNames: ReadonlySet<string>;
}

/** The routes and limits that a datasource allows through the gateway. Without routes, nothing is allowed. */
export class GatewayTarget {
  static readonly #known = new WeakMap<LoadedDatasource, GatewayTarget>();

  readonly datasource: LoadedDatasource;
  /** Most bytes of a request's body. */
  readonly requestBytes: number;
  /** Most bytes of a response's body. */
  readonly responseBytes: number;
  readonly #routeOf: (method: string, path: string) => string | undefined;
  readonly #routes: number;
  readonly #addresses = new WeakMap<TokenPayload, ApiAddress>();
  #certificate?: ClientCertificate;
  #certificateCheckedAt = -Infinity;

  /** Returns the target of a datasource. It is computed once per read of the datasource. */
  static of(datasource: LoadedDatasource): GatewayTarget {
    let opened = this.#known.get(datasource);
    if (!opened) {
      opened = new GatewayTarget(datasource);
      this.#known.set(datasource, opened);
    }
    return opened;
  }

  private constructor(datasource: LoadedDatasource) {
    const { routes = [], limits } = datasource.record.settings.gateway ?? {};
    this.datasource = datasource;
    this.requestBytes = limits?.requestBytes ?? REQUEST_BYTES;
    this.responseBytes = limits?.responseBytes ?? RESPONSE_BYTES;
    this.#routes = routes.length;
    this.#routeOf = matchGatewayRoutes(routes);
  }

  /**
   * Returns the route that allows a call.
   *
   * @throws DatasourceAuthError `gateway_closed`, or `invalid_request` for an encoded slash
   */
  routeOf({ method, path }: Pick<GatewayCall, 'method' | 'path'>): string {
    const route = this.#routeOf(method, path);
    if (route !== undefined) return route;
    const { name } = this.datasource.record;
    if (this.#routes > 0 && path.includes('%2F')) {
      throw new DatasourceAuthError(
        message('error.gateway.encodedSlash', { name }),
        { code: 'invalid_request', statusCode: 400 },
      );
    }
    throw new DatasourceAuthError(
      this.#routes === 0
        ? message('error.gateway.closed', { name })
        : message('error.gateway.noRoute', { name, method }),
      { code: 'gateway_closed', statusCode: 403 },
    );
  }

  /**
   * Returns the client certificate of calls to the API, if it wants one.
   *
   * @throws DatasourceNotConfiguredError if it can't be used, for example because it expired
   */
  certificate(now: number = Date.now()): ClientCertificate | undefined {
    if (Math.abs(now - this.#certificateCheckedAt) > RECHECK_CERTIFICATE) {
      const { record, secrets } = this.datasource;
      this.#certificate = apiCertificate({
        settings: record.settings,
        secrets,
      });
      this.#certificateCheckedAt = now;
    }
    return this.#certificate;
  }

  /** @throws DatasourceNotConfiguredError without a base URL that can be called */
  address(token: TokenPayload): ApiAddress {
    let address = this.#addresses.get(token);
    if (!address) {
      address = this.#resolve(token);
      this.#addresses.set(token, address);
    }
    return address;
  }

  #resolve(token: TokenPayload): ApiAddress {
    const { record, secrets } = this.datasource;
    const { settings } = record;
    const baseUrl = resolveBaseUrl(settings, secrets, token.kept);
    if (!baseUrl) {
      throw new DatasourceNotConfiguredError(
        message('error.gateway.noBaseUrl', { name: record.name }),
      );
    }
    const { origin, pathname, search } = new URL(baseUrl);
    const own = apiAuthentication({ settings, secrets }, token);
    return {
      datasource: record.name,
      baseUrl,
      allowedHosts: settings.allowedHosts ?? [],
      origin,
      root: pathname.replace(/\/+$/, ''),
      base: pathname,
      query: search.slice(1),
      queryNames: apiQueryNames(search.slice(1)),
      secrets: secretSpellings([...secretsIn(this.datasource), ...own.secrets]),
      headers: own.headers,
      ownQuery: own.query,
      ownQueryNames: apiQueryNames(apiQueryWith('', own.query)),
    };
  }
}

/** The secret instance values in the base URL. */
function secretsIn({ record, secrets }: LoadedDatasource): string[] {
  return templateExpressions(record.settings.baseUrl ?? '').flatMap(name => {
    return secrets.get(name) ?? [];
  });
}

/**
 * Returns the request target at the API: the path appended to the base URL's path, and the query as it was written.
 *
 * @throws DatasourceAuthError `invalid_request` for a parameter that the base URL sets
 */
export function targetAt(
  { root, base, query, queryNames, ownQuery }: ApiAddress,
  call: Pick<GatewayCall, 'path' | 'query'>,
): string {
  const path = call.path === '/' ? base : `${root}${call.path}`;
  const own = apiQueryWith(call.query.slice(1), ownQuery);
  const repeated = repeatedApiQueryName(queryNames, own);
  if (repeated !== undefined) {
    throw new DatasourceAuthError(
      message('error.gateway.queryRepeated', { name: repeated.slice(0, 50) }),
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  if (query === '' && own === '') return path;
  return `${path}?${query && own ? `${query}&${own}` : query || own}`;
}
