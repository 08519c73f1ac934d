import { InputError } from '@backstage/errors';

/**
 * Headers that a template can't set: the datasource authenticates, the connection is ours, and the method must be the
 * one that the template names.
 */
const REFUSED_HEADERS = [
  /^(proxy-)?authorization$/,
  /^cookie2?$/,
  /^(host|connection|keep-alive|transfer-encoding|content-length|te|trailer|upgrade|expect)$/,
  /^proxy-/,
  /^x-forwarded-/,
  /^forwarded$/,
  /^x-(http-)?method(-override)?$/,
  /^x-(original|rewrite)-url$/,
];

const BODY_LIMIT = 1024 * 1024;

/** @internal */
export function requestHeaders(given: Record<string, string> = {}): Headers {
  for (const name of Object.keys(given)) {
    if (REFUSED_HEADERS.some(refused => refused.test(name.toLowerCase())))
      throw new InputError(`The header '${name}' cannot be set by a template`);
  }
  return new Headers(given);
}

/** Returns a text unchanged, anything else as JSON with its header. @internal */
export function requestBody(
  given: unknown,
  headers: Headers,
): string | undefined {
  if (given === undefined) return undefined;
  const isText = typeof given === 'string';
  const body = isText ? given : JSON.stringify(given);
  if (Buffer.byteLength(body) > BODY_LIMIT)
    throw new InputError('The body is larger than 1 MiB');
  if (!isText && !headers.has('content-type'))
    headers.set('content-type', 'application/json');
  return body;
}
