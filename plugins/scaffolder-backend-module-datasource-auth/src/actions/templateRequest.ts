import { InputError } from '@backstage/errors';

/**
 * Headers that a template has no say in: the datasource authenticates, the connection is ours, and none may turn the
 * request into another one behind the method that the template names.
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

/** A text as it is, all else as JSON with the header that says so. @internal */
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
