import { IncomingHttpHeaders } from 'node:http';

/**
 * Allowlist of a caller's headers that reach the API (threats 18). None of them identifies the caller, sets the
 * destination, or controls the connection.
 */
const LET_THROUGH = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'prefer',
  'range',
  'traceparent',
  'tracestate',
  'x-correlation-id',
  'x-request-id',
];

const USER_AGENT = 'backstage-datasource-auth';

/**
 * Returns the headers of the request to the API. Those of the credential are set last, so that the caller's can't
 * replace them.
 *
 * @param contentLength - of a streamed body; undici counts any other itself
 */
export function requestHeaders(
  received: IncomingHttpHeaders,
  own: Readonly<Record<string, string>>,
  contentLength?: string,
  { isRead = false } = {},
): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT };
  for (const name of LET_THROUGH) {
    const value = received[name];
    if (typeof value === 'string') headers[name] = value;
  }
  // A response that says when the token has expired has to be read.
  if (isRead) headers['accept-encoding'] = 'identity';
  if (contentLength !== undefined) headers['content-length'] = contentLength;
  for (const [name, value] of Object.entries(own)) {
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
