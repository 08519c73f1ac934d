import { readPath } from './readPath';

/**
 * How an API says in the body of a successful response that the token has expired.
 *
 * @public
 */
export interface ExpiredResponse {
  /** Dotted path of the field. */
  path: string;
  /** Its values that mean so. */
  equals: Array<string | number>;
}

/** Longest body that is looked at. Bytes. */
const LONGEST_BODY = 64 * 1024;

const JSON_TYPE = /^\s*(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/**
 * Returns whether the body of a response is looked at for an expired token: JSON of a known, small length. Streams of
 * events, compressed and long bodies pass as they are.
 *
 * @param header - returns the header of a name in lower case
 * @public
 */
export function mayReportExpiry(
  status: number,
  header: (name: string) => string | null | undefined,
): boolean {
  const length = header('content-length') ?? '';
  const encoding = header('content-encoding') ?? 'identity';
  return (
    status >= 200 &&
    status < 300 &&
    JSON_TYPE.test(header('content-type') ?? '') &&
    /^\d+$/.test(length) &&
    Number(length) > 0 &&
    Number(length) <= LONGEST_BODY &&
    encoding.trim().toLowerCase() === 'identity'
  );
}

/**
 * Returns whether a body says that the token has expired. A number and its text are the same.
 *
 * @public
 */
export function reportsExpiry(
  body: Uint8Array,
  { path, equals }: ExpiredResponse,
): boolean {
  let found: unknown;
  try {
    found = readPath(JSON.parse(new TextDecoder().decode(body)), path);
  } catch {
    return false;
  }
  return (
    ['string', 'number'].includes(typeof found) &&
    equals.some(value => String(value) === String(found))
  );
}
