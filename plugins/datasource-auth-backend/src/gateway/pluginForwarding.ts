import { IncomingHttpHeaders } from 'node:http';
import {
  apiQueryWith,
  apiQueryWithout,
  apiUrl,
  CALL_HEADER_PREFIX,
  GATEWAY_RESPONSE_HEADER,
} from 'backstage-plugin-datasource-auth-common';
import { Forwarding } from './Forwarding';
import { ApiCall } from './GatewayCall';
import { ApiAddress } from './GatewayTarget';
import { holdsSecret, setHeader } from './responseHeaders';

/** Headers of the connection, and those that set the destination (RFC 9110 section 7.6.1). */
const OF_CONNECTION = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that belong to the API's own pages. */
const OF_BROWSERS = new Set(['set-cookie', 'clear-site-data']);

/**
 * Forwards the call of a plugin that could also call the API itself, if it had the key for it: to all hosts of
 * the datasource, on all paths, with all headers.
 *
 * @param url - complete address, without the parameters of the credential
 */
export function pluginForwarding(
  call: ApiCall,
  { url, plugin }: { url: string; plugin: string },
): Forwarding {
  return {
    routeOf: () => {
      const { pathname } = new URL(url, 'http://x');
      return `plugin ${plugin} ${call.method} /${pathname.split('/', 2)[1]}`;
    },
    placeOf: address => {
      const { datasource, baseUrl, allowedHosts, ownQuery } = address;
      const target = apiUrl(
        url,
        { datasource, baseUrl, allowedHosts },
        { encodedSlash: true },
      );
      target.search = apiQueryWith(target.search.slice(1), ownQuery);
      return {
        origin: target.origin,
        target: `${target.pathname}${target.search}`,
      };
    },
    headersOf: (own, { contentLength, isRead }) => {
      const headers = requestHeaders(call.request.headers);
      if (isRead) headers['accept-encoding'] = 'identity';
      if (contentLength !== undefined)
        headers['content-length'] = contentLength;
      for (const [name, value] of Object.entries(own))
        headers[name.toLowerCase()] = value;
      return headers;
    },
    respond: (received, { address, place }) => {
      const { response } = call;
      response.setHeader(GATEWAY_RESPONSE_HEADER, 'api');
      for (const [name, value] of Object.entries(received)) {
        if (name === 'content-length' && value) {
          setHeader(response, name, value);
          continue;
        }
        if (value === undefined || name === 'location') continue;
        if (OF_CONNECTION.has(name) || OF_BROWSERS.has(name)) continue;
        if (!holdsSecret(value, address.secrets))
          setHeader(response, name, value);
      }
      const location = locationOf(received, address, place);
      if (location && !holdsSecret(location, address.secrets))
        setHeader(response, 'location', location);
      // Backstage's compression would delay a stream.
      setHeader(response, 'cache-control', 'no-store, no-transform');
    },
  };
}

/** The plugin's headers for the API have a prefix: without it, they are for Backstage. */
function requestHeaders(received: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {
    accept: '*/*',
    'user-agent': 'backstage-datasource-auth',
  };
  for (const name of ['content-type', 'accept-encoding']) {
    const value = received[name];
    if (typeof value === 'string') headers[name] = value;
  }
  for (const [prefixed, value] of Object.entries(received)) {
    if (!prefixed.startsWith(CALL_HEADER_PREFIX)) continue;
    const name = prefixed.slice(CALL_HEADER_PREFIX.length);
    if (OF_CONNECTION.has(name) || typeof value !== 'string') continue;
    headers[name] = value;
  }
  return headers;
}

/** Returns an absolute address without the credential, which an API may repeat. */
function locationOf(
  { location }: IncomingHttpHeaders,
  { ownQueryNames }: ApiAddress,
  { origin, target }: { origin: string; target: string },
): string | undefined {
  if (!location || !URL.canParse(location, `${origin}${target}`))
    return undefined;
  const url = new URL(location, `${origin}${target}`);
  if (ownQueryNames.size > 0)
    url.search = apiQueryWithout(ownQueryNames, url.search.slice(1));
  return url.href;
}
