import { ApiPathOptions, readApiPath } from './apiPath';
import { apiQueryNames, repeatedApiQueryName } from './apiQuery';
import { CONTROL_OR_SPACE } from './controlCharacters';
import { DatasourceAuthError, DatasourceNotConfiguredError } from './errors';
import { fault, PathFault } from './faults';
import { message } from './texts';

/**
 * Where a datasource's token may be sent.
 *
 * @public
 */
export interface ApiAddress {
  /** Name of the datasource, for error messages. */
  datasource: string;
  /** Base that paths are appended to. */
  baseUrl?: string;
  /** Other hosts that may receive the token: `host[:port]`. */
  allowedHosts: readonly string[];
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ABSOLUTE = /^https?:\/\/[^/\\?#]+/i;

/**
 * Returns the URL of a call and makes sure that it can't leave the API. `new URL(path, base)` would for `//evil`,
 * `\\evil`, `https:evil` and `/\t/evil`, and would drop the path of the base URL for `/x` and `../x`. So the path is
 * appended to the base URL's path after {@link readApiPath} has normalized it.
 *
 * @throws DatasourceAuthError `invalid_request`
 * @throws DatasourceNotConfiguredError for a path if there is no base URL
 *
 * @public
 */
export function apiUrl(
  path: string | URL,
  address: ApiAddress,
  options: ApiPathOptions = {},
): URL {
  const text = String(path);
  if (CONTROL_OR_SPACE.test(text)) {
    throw refused(text, address, fault('path.spaceOrControl'));
  }
  const isAbsolute = SCHEME.test(text);
  const [origin] = ABSOLUTE.exec(text) ?? [''];
  if (isAbsolute && !origin)
    throw refused(text, address, fault('path.notAddress'));
  if (text.startsWith('//'))
    throw refused(text, address, fault('path.twoSlashes'));
  const rest = text.slice(origin.length).split('#', 1)[0];
  const [beforeQuery] = rest.split('?', 1);
  const query = rest.slice(beforeQuery.length + 1);
  const read = readApiPath(beforeQuery.replace(/^(?!\/)/, '/'), options);
  if (read.path === undefined) throw refused(text, address, read.fault);
  const parts = { path: beforeQuery && read.path, query };
  return isAbsolute
    ? absoluteUrl(text, origin, parts, address)
    : appendedUrl(text, parts, address);
}

/**
 * Returns why a call to a URL is rejected: its origin is neither the base URL's nor an allowed host over HTTPS. Returns
 * undefined if the call is allowed.
 *
 * @public
 */
export function apiHostFault(
  url: URL,
  address: Omit<ApiAddress, 'datasource'>,
): PathFault | undefined {
  const base = address.baseUrl ? new URL(address.baseUrl) : undefined;
  if (url.origin === base?.origin) return undefined;
  // HTTP is only allowed if the API itself is configured with HTTP
  if (url.protocol !== 'https:' && url.protocol !== base?.protocol)
    return fault('path.notHttps');
  return address.allowedHosts.some(host => isHost(host, url))
    ? undefined
    : fault('path.hostNotAllowed', { host: url.host });
}

function absoluteUrl(
  text: string,
  origin: string,
  { path, query }: { path: string; query: string },
  address: ApiAddress,
): URL {
  const written = `${origin}${path}${query && `?${query}`}`;
  if (!URL.canParse(written))
    throw refused(text, address, fault('path.notUrl'));
  const url = new URL(written);
  if (url.username || url.password)
    throw refused(text, address, fault('path.credentials'));
  const found = apiHostFault(url, address);
  if (found) throw refused(text, address, found);
  return url;
}

/** Compares hosts as the URL parser writes them: lowercase, without the default port. */
function isHost(host: string, url: URL): boolean {
  const asUrl = `${url.protocol}//${host}`;
  return URL.canParse(asUrl) && new URL(asUrl).host === url.host;
}

function appendedUrl(
  text: string,
  { path, query }: { path: string; query: string },
  address: ApiAddress,
): URL {
  if (!address.baseUrl) {
    throw new DatasourceNotConfiguredError(
      message('error.gateway.noBaseUrlFor', {
        name: address.datasource,
        path: text.slice(0, 100),
      }),
    );
  }
  const url = new URL(address.baseUrl);
  const { origin } = url;
  const own = url.search.slice(1);
  const repeated = repeatedApiQueryName(apiQueryNames(own), query);
  if (repeated !== undefined) {
    throw refused(
      text,
      address,
      fault('path.repeatedParameter', { name: repeated.slice(0, 50) }),
    );
  }
  if (path !== '') url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  // As text: an API that compares or signs the query would not recognize a reencoded one
  url.search = [own, query].filter(part => part !== '').join('&');
  url.hash = '';
  if (url.origin !== origin)
    throw refused(text, address, fault('path.outsideBaseUrl'));
  return url;
}

function refused(text: string, address: ApiAddress, reason: PathFault) {
  return new DatasourceAuthError(
    message('error.gateway.addressRefused', {
      address: JSON.stringify(text.slice(0, 100)),
      name: address.datasource,
      reason,
    }),
    { code: 'invalid_request', statusCode: 400 },
  );
}
