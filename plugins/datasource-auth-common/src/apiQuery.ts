import { decodeFully } from './percentDecoding';

/**
 * Returns the parameter names of a query as the most lenient server reads them: some servers decode twice, ignore case,
 * split at semicolons, treat `a[]` and `a[0]` as `a`, or turn dots and spaces into underscores.
 *
 * @param query - without its question mark
 *
 * @public
 */
export function apiQueryNames(query: string): Set<string> {
  return new Set(parametersOf(query).map(({ read }) => read));
}

/**
 * Returns the caller's first parameter that the base URL's query already has, as written. Servers differ in which of
 * two equal parameters wins, so the caller must not repeat one.
 *
 * @param taken - result of {@link apiQueryNames} for the base URL's query
 * @param query - the caller's query, without its question mark
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
 * Removes the parameters that the base URL's query already has. An API that echoes the request URL echoes these too,
 * and the next call adds them again.
 *
 * @param taken - result of {@link apiQueryNames} for the base URL's query
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
 * Returns a query in which the credential's parameters replace those of the same name.
 *
 * @param query - the caller's query, without its question mark
 * @param own - the credential's parameters, not encoded
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
  // A name encoded too many times matches no other name as written
  const decoded = decodeFully(written.replaceAll('+', ' ')) ?? written;
  const [name] = decoded.trim().toLowerCase().split('[', 1);
  return name.replace(/[. ]/g, '_');
}
