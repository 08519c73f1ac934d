import { ServerResponse } from 'node:http';
import {
  apiQueryWithout,
  GATEWAY_RESPONSE_HEADER,
  readGatewayPath,
} from 'backstage-plugin-datasource-auth-common';
import { ApiAddress } from './GatewayTarget';

/** Headers of an answer by name, as undici reads them. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

/**
 * What of the API's headers reaches the caller (threats 18). Nothing here sets a cookie, opens our origin to others,
 * clears its storage, registers a worker, asks a browser for a password or sends it elsewhere.
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

/** What remains of a quota is called differently everywhere. */
const QUOTA = /^(x-)?rate-?limit(-[a-z-]{1,40})?$/;

/** Types that a browser shows as a document, and in which scripts can be. */
const DOCUMENT = /html|xml|svg|multipart/i;

/** Headers with which an answer may be shown, if anything shows it: without scripts, forms, or an origin. */
const CONTENT_SECURITY_POLICY =
  "sandbox; default-src 'none'; frame-ancestors 'none'";

/**
 * Sets the headers of an answer of the API on ours.
 *
 * @param at - what was called: `Location` is read against it
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
  // Whoever signs in next at this browser does not get the answers of who was there before.
  vary(response, ['Authorization', received.vary ?? []].flat());
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  const type = String(received['content-type'] ?? '');
  if (type === '' || DOCUMENT.test(type)) {
    response.setHeader('content-disposition', 'attachment');
  }
}

/** Lets pages on other origins read headers, where Backstage lets them call at all. */
export function exposeHeadersToBrowsers(
  response: ServerResponse,
  names: string[],
): void {
  if (!response.hasHeader('access-control-allow-origin')) return;
  const header = 'access-control-expose-headers';
  const exposed = [response.getHeader(header) ?? [], names].flat();
  response.setHeader(header, exposed.join(', '));
}

/** An API writes its own address into headers such as `Link`; secret values in the base URL are not for the caller. */
function holdsSecret(
  value: string | string[] | undefined,
  secrets: readonly string[],
): boolean {
  return secrets.some(secret =>
    [value ?? []].flat().some(text => text.includes(secret)),
  );
}

function setHeader(
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

/** undici reads the bytes of a header as UTF-8, and sometimes as Latin-1, which is what Node writes. */
function wire(value: string): string {
  // eslint-disable-next-line no-control-regex -- the range of what Node takes
  return /[^\u0000-\u00ff]/.test(value)
    ? Buffer.from(value, 'utf8').toString('latin1')
    : value;
}

/**
 * For the caller alone, and as it is: Backstage's compression would hold a stream back and pack it again. What says
 * nothing of itself is asked for again each time, since rights end.
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

/** Where a `Location` leads through the gateway; nothing if it leads off the API. */
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
  const query = apiQueryWithout(address.queryNames, url.search.slice(1));
  return path && `${gatewayPath}${path}${query && `?${query}`}${url.hash}`;
}
