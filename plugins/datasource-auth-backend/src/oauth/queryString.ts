import { RESERVED_PARAMETERS } from 'backstage-plugin-datasource-auth-common';

/** A parameter and its value. Lists of them keep the order in which they are sent. */
export type Parameter = readonly [name: string, value: string];

/** Encodes `application/x-www-form-urlencoded` (RFC 6749 appendix B). */
export function encodeForm(parameters: readonly Parameter[]): string {
  return new URLSearchParams(
    parameters.map(([name, value]) => [name, value]),
  ).toString();
}

/**
 * Adds an encoded query to a URL. The URL keeps its own query as written (RFC 6749 section 3.1), except for parameters that
 * are set again, so that none is repeated.
 */
export function withQuery(
  url: string,
  names: Iterable<string>,
  encoded: string,
): string {
  const given = new Set(names);
  return rewriteQuery(url, name => !given.has(name), encoded);
}

/**
 * Removes parameters from a URL's query that only Backstage sets. Authorize URLs are often copied with such parameters. They
 * would be repeated or override settings (RFC 9101 lets `request_uri` replace all others).
 */
export function withoutReserved(url: string): string {
  return rewriteQuery(
    url,
    name => !RESERVED_PARAMETERS.includes(name.trim().toLowerCase()),
  );
}

function rewriteQuery(
  url: string,
  isKept: (name: string) => boolean,
  added = '',
): string {
  const [base, own] = splitOnce(url, '?');
  const kept = own
    .split('&')
    .filter(pair => pair && isKept(nameOf(pair)))
    .join('&');
  const query = [kept, added].filter(Boolean).join('&');
  return query ? `${base}?${query}` : base;
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0
    ? [text, '']
    : [text.slice(0, index), text.slice(index + at.length)];
}

function nameOf(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? '';
}
