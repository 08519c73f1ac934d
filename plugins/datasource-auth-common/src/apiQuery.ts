import { decodeFully } from './percentDecoding';

/**
 * The names of a query's parameters as the most lenient server reads them: some decode twice, ignore case, split at
 * semicolons, take `a[]` and `a[0]` for `a`, or write dots and spaces as underscores.
 *
 * @param query - without its question mark
 *
 * @public
 */
export function apiQueryNames(query: string): Set<string> {
  return new Set(parametersOf(query).map(({ read }) => read));
}

/**
 * The first parameter of a caller's query that the base URL's own query already has, as it was written. Which of two
 * equal ones counts is for each server to say, so the caller must not add the second.
 *
 * @param taken - what {@link apiQueryNames} says of the base URL's query
 * @param query - the caller's, without its question mark
 *
 * @public
 */
export function repeatedApiQueryName(
  taken: ReadonlySet<string>,
  query: string,
): string | undefined {
  if (taken.size === 0) return undefined;
  return parametersOf(query).find(({ read }) => taken.has(read))?.written;
}

/**
 * A query without the parameters that the base URL's own query has: an API that repeats what it was called with repeats
 * those, too, and the next call gets them again.
 *
 * @param taken - what {@link apiQueryNames} says of the base URL's query
 * @param query - without its question mark
 *
 * @public
 */
export function apiQueryWithout(
  taken: ReadonlySet<string>,
  query: string,
): string {
  return query
    .split('&')
    .filter(pair => repeatedApiQueryName(taken, pair) === undefined)
    .join('&');
}

/**
 * Returns a query in which the parameters of a credential replace those of the same name.
 *
 * @param query - the caller's, without its question mark
 * @param own - the parameters of the credential, not encoded
 *
 * @public
 */
export function apiQueryWith(
  query: string,
  own: Readonly<Record<string, string>>,
): string {
  const added = encodeQuery(own);
  if (added === '') return query;
  return [apiQueryWithout(apiQueryNames(added), query), added]
    .filter(part => part !== '')
    .join('&');
}

function encodeQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(pair => pair.map(encodeURIComponent).join('='))
    .join('&');
}

function parametersOf(query: string): Array<{ written: string; read: string }> {
  return query
    .split(/[&;]/)
    .filter(part => part !== '')
    .map(part => {
      const [written] = part.split('=', 1);
      return { written, read: readName(written) };
    });
}

function readName(written: string): string {
  // A name encoded too many times is nobody's; as written, it repeats no other
  const decoded = decodeFully(written.replaceAll('+', ' ')) ?? written;
  const [name] = decoded.trim().toLowerCase().split('[', 1);
  return name.replace(/[. ]/g, '_');
}
