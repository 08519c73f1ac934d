import {
  DatasourceAuthError,
  DatasourceNotConfiguredError,
} from 'backstage-plugin-datasource-auth-common';

/** Where the token of a datasource may go. @internal */
export interface ApiAddress {
  datasource: string;
  baseUrl?: string;
  allowedHosts: readonly string[];
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ABSOLUTE = /^https?:\/\/[^/\\?#]/i;
// eslint-disable-next-line no-control-regex -- the URL parser drops tabs and line breaks: `/\t/evil` becomes `//evil`
const CONTROL_OR_SPACE = /[\u0000-\u0020\u007f]/;
const ENCODED_SEPARATOR = /%2f|%5c/i;

/**
 * The URL of a call, which cannot leave the API: `new URL(path, base)` would for `//evil`, `\\evil`, `https:evil` and
 * `/\t/evil`, and would leave the path of the base URL for `/x` and `../x`. So a path is appended to the base URL's own,
 * and what a parser could read as something else is refused.
 *
 * @internal
 */
export function apiUrl(path: string | URL, address: ApiAddress): URL {
  const text = String(path);
  const [beforeQuery] = text.split(/[?#]/, 1);
  const reason = faultOf(text, beforeQuery);
  if (reason) throw refused(text, address, reason);
  return SCHEME.test(text)
    ? absoluteUrl(text, address)
    : appendedUrl(text, beforeQuery, address);
}

function faultOf(text: string, beforeQuery: string): string | undefined {
  if (CONTROL_OR_SPACE.test(text))
    return 'it contains a space or a control character; encode it';
  if (beforeQuery.includes('\\')) return 'it contains a backslash';
  if (text.startsWith('//')) return 'it starts with two slashes';
  if (SCHEME.test(text) && !ABSOLUTE.test(text))
    return 'it is neither a path nor an http(s) address';
  if (ENCODED_SEPARATOR.test(beforeQuery))
    return 'it contains an encoded slash or backslash';
  if (beforeQuery.split('/').some(isDotSegment))
    return 'it contains a dot segment';
  return undefined;
}

/** `.` and `..`, encoded or not, and with a parameter (`..;x`), which some servers ignore. */
function isDotSegment(segment: string): boolean {
  const [name] = segment.replace(/%2e/gi, '.').split(/;|%3b/i);
  return name === '.' || name === '..';
}

function absoluteUrl(text: string, address: ApiAddress): URL {
  if (!URL.canParse(text))
    throw refused(text, address, 'it is not a valid address');
  const url = new URL(text);
  if (url.username || url.password)
    throw refused(text, address, 'it contains a user name or password');
  const base = address.baseUrl ? new URL(address.baseUrl) : undefined;
  if (url.origin !== base?.origin) {
    // Plain http is for who chose it for the API itself
    if (url.protocol !== 'https:' && url.protocol !== base?.protocol)
      throw refused(text, address, 'it is not https');
    if (!address.allowedHosts.some(host => isHost(host, url)))
      throw refused(text, address, `'${url.host}' is not an allowed host`);
  }
  url.hash = '';
  return url;
}

/** Compares as the URL parser writes hosts: lower case, without the default port. */
function isHost(host: string, url: URL): boolean {
  const asUrl = `${url.protocol}//${host}`;
  return URL.canParse(asUrl) && new URL(asUrl).host === url.host;
}

function appendedUrl(
  text: string,
  beforeQuery: string,
  address: ApiAddress,
): URL {
  if (!address.baseUrl) {
    throw new DatasourceNotConfiguredError(
      `Datasource '${
        address.datasource
      }' has no base URL to which '${text.slice(
        0,
        100,
      )}' could be appended. Set it, or call an absolute address on an allowed host.`,
    );
  }
  const url = new URL(address.baseUrl);
  const { origin } = url;
  const query = text.slice(beforeQuery.length).split('#')[0];
  if (beforeQuery !== '') {
    const root = url.pathname.replace(/\/$/, '');
    url.pathname = `${root}/${beforeQuery.replace(/^\//, '')}`;
  }
  // As text: reencoded, a query is another one to an API that compares or signs it
  const queries = [url.search.slice(1), query.slice(1)];
  url.search = queries.filter(part => part !== '').join('&');
  url.hash = '';
  if (url.origin !== origin)
    throw refused(text, address, 'it leaves the base URL');
  return url;
}

function refused(text: string, { datasource }: ApiAddress, reason: string) {
  const shown = JSON.stringify(text.slice(0, 100));
  return new DatasourceAuthError(
    `The address ${shown} is refused for datasource '${datasource}': ${reason}.`,
    { code: 'invalid_request', statusCode: 400 },
  );
}
