import { RESERVED_PARAMETERS } from 'backstage-plugin-datasource-auth-common';

/** A parameter and its value, in the order in which they are sent. */
export type Parameter = readonly [name: string, value: string];

/** `application/x-www-form-urlencoded`, as RFC 6749 appendix B asks for. */
export function encodeForm(parameters: readonly Parameter[]): string {
  return new URLSearchParams(
    parameters.map(([name, value]) => [name, value]),
  ).toString();
}

/**
 * Adds an encoded query to an address. The address keeps its own query as it was written (RFC 6749 section 3.1), except
 * for parameters that are now given anew: none of ours can be there twice.
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
 * Removes from the query of an address what only Backstage sets. An authorize URL is often copied with such parameters:
 * they would be there twice, or say what no setting does (RFC 9101 lets `request_uri` replace all others).
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
