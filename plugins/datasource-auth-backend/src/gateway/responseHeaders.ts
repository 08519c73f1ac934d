import { ServerResponse } from 'node:http';
import {
  apiQueryWithout,
  GATEWAY_RESPONSE_HEADER,
  readGatewayPath,
} from 'backstage-plugin-datasource-auth-common';
import { ApiAddress } from './GatewayTarget';

/** Headers of a response by name, as undici reads them. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

/**
 * Which of the API's headers reach the caller (threats 18). None of them sets a cookie, opens our origin to others,
 * clears its storage, registers a worker, asks a browser for a password or redirects it.
 */
const LET_THROUGH = new Set([
  'accept-ranges',
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'deprecation',
  'etag',
  'last-modified',
  'link',
  'preference-applied',
  'request-id',
  'retry-after',
  'sunset',
  'x-correlation-id',
  'x-next-page',
  'x-page',
  'x-per-page',
  'x-prev-page',
  'x-request-id',
  'x-total',
  'x-total-count',
  'x-total-pages',
]);

/** Every API names its rate limit headers differently. */
const QUOTA = /^(x-)?rate-?limit(-[a-z-]{1,40})?$/;

/** Types that a browser renders as a document, which can contain scripts. */
const DOCUMENT = /html|xml|svg|multipart/i;

/** Headers for any rendered response: no scripts, forms, or origin. */
const CONTENT_SECURITY_POLICY =
  "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * Copies the API's headers to the response.
 *
 * @param at - the called URL, against which `Location` is resolved
 */
export function setResponseHeaders(
  response: ServerResponse,
  received: ResponseHeaders,
  at: { address: ApiAddress; target: string; gatewayPath: string },
): void {
  response.setHeader(GATEWAY_RESPONSE_HEADER, 'api');
  const shown = [GATEWAY_RESPONSE_HEADER];
  const { secrets } = at.address;
  for (const name of Object.keys(received)) {
    if (holdsSecret(received[name], secrets)) continue;
    if (LET_THROUGH.has(name) || QUOTA.test(name)) {
      setHeader(response, name, received[name]!);
      shown.push(name);
    }
  }
  const location = received.location;
  if (typeof location === 'string') {
    const rewritten = locationAtGateway(location, at);
    if (rewritten && !holdsSecret(rewritten, secrets)) {
      setHeader(response, 'location', rewritten);
      shown.push('location');
    }
  }
  exposeHeadersToBrowsers(response, shown);
  response.setHeader('cache-control', cacheControl(received['cache-control']));
  // The next user of this browser must not get the previous user's responses.
  vary(response, ['Authorization', received.vary ?? []].flat());
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  const type = String(received['content-type'] ?? '');
  if (type === '' || DOCUMENT.test(type)) {
    response.setHeader('content-disposition', 'attachment');
  }
}

/** Lets pages on other origins read headers, if Backstage lets them call at all. */
export function exposeHeadersToBrowsers(
  response: ServerResponse,
  names: string[],
): void {
  if (!response.hasHeader('access-control-allow-origin')) return;
  const header = 'access-control-expose-headers';
  const exposed = [response.getHeader(header) ?? [], names].flat();
  response.setHeader(header, exposed.join(', '));
}

/** Finds the token and secret values of the call: APIs repeat in headers such as `Link` how they were called. */
export function holdsSecret(
  value: string | string[] | undefined,
  secrets: readonly string[],
): boolean {
  return secrets.some(secret =>
    [value ?? []].flat().some(text => text.includes(secret)),
  );
}

/** Sets a header of the API, if it is one. */
export function setHeader(
  response: ServerResponse,
  name: string,
  value: string | string[],
): void {
  try {
    response.setHeader(
      name,
      Array.isArray(value) ? value.map(wire) : wire(value),
    );
  } catch {
    // A header that is none does not make the answer worthless.
  }
}

/** undici decodes header bytes as UTF-8, and sometimes as Latin-1, which is what Node writes. */
function wire(value: string): string {
  // eslint-disable-next-line no-control-regex -- the range of what Node takes
  return /[^\u0000-\u00ff]/.test(value)
    ? Buffer.from(value, 'utf8').toString('latin1')
    : value;
}

/**
 * Private to the caller, and unchanged: Backstage's compression would delay a stream and compress it again. A response
 * without cache headers is revalidated each time, because permissions can end.
 */
function cacheControl(received: string | string[] | undefined): string {
  const directives = [received ?? 'no-cache']
    .flat()
    .join(',')
    .split(',')
    .map(directive => directive.trim())
    .filter(
      directive =>
        /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(=("[^"\\]*"|[^\s",;]*))?$/.test(
          directive,
        ) && !/^(public|private|no-transform|s-maxage)\b/i.test(directive),
    );
  return ['private', 'no-transform', ...directives].join(', ');
}

function vary(response: ServerResponse, names: string[]): void {
  const known = [response.getHeader('vary') ?? []].flat().map(String);
  setHeader(response, 'vary', [...known, ...names].join(', '));
}

/** Returns the gateway URL for a `Location`; undefined if it leaves the API. */
function locationAtGateway(
  location: string,
  at: { address: ApiAddress; target: string; gatewayPath: string },
): string | undefined {
  const { address, target, gatewayPath } = at;
  const base = `${address.origin}${target}`;
  if (!URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  if (url.origin !== address.origin || url.username || url.password) {
    return undefined;
  }
  if (!`${url.pathname}/`.startsWith(`${address.root}/`)) return undefined;
  const rest = url.pathname.slice(address.root.length) || '/';
  const { path } = readGatewayPath(rest, { encodedSlash: true });
  const query = apiQueryWithout(
    address.ownQueryNames,
    apiQueryWithout(address.queryNames, url.search.slice(1)),
  );
  return path && `${gatewayPath}${path}${query && `?${query}`}${url.hash}`;
}
