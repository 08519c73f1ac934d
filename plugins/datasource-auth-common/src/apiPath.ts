import { CONTROL_OR_SPACE } from './controlCharacters';
import { decodeFully } from './percentDecoding';

/**
 * A path in its normal form, or why it was rejected.
 *
 * @public
 */
export type ApiPathReading =
  | { path: string; fault?: undefined }
  | { path?: undefined; fault: string };

/**
 * Options for what a path may contain.
 *
 * @public
 */
export interface ApiPathOptions {
  /** Accepts `%2F` inside a segment, for APIs that treat it as part of the segment. */
  encodedSlash?: boolean;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
const ENCODED_SLASH = /%2F/;
const ENCODED_BACKSLASH = /%5C/;
/** `%252e`, `%25252f`: harmless here, but a dot or slash to a server that decodes once more. */
const ENCODED_TWICE = /%(?:25)+(?:2e|2f|5c)/i;
// eslint-disable-next-line no-control-regex -- matches control characters
const DECODED_CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// eslint-disable-next-line no-control-regex -- matches control characters
const CONTROL_BYTE = /[\u0000-\u001f\u007f]/;
/** RFC 3986 section 2.3. */
const UNRESERVED = /[A-Za-z0-9._~-]/;
/** Everything except `pchar`, `/` and `%` (RFC 3986 section 3.3). */
const NOT_IN_A_PATH = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu;

/**
 * Normalizes the path of an API call to the one form that is validated, compared, and sent (RFC 3986 section 6.2.2):
 * unnecessary escapes are decoded, the others are uppercase. Normalizing the result again changes nothing. Rejects
 * whatever two servers on the way could read as different paths: dot segments in any spelling, encoded slashes and
 * backslashes, control characters, escapes that aren't UTF-8, and any of these encoded more than once.
 *
 * @public
 */
export function readApiPath(
  path: string,
  options: ApiPathOptions = {},
): ApiPathReading {
  const written = faultAsWritten(path);
  if (written) return { fault: written };
  const normal = path
    .replace(/%[0-9a-f]{2}/gi, escape => {
      const character = String.fromCharCode(parseInt(escape.slice(1), 16));
      return UNRESERVED.test(character) ? character : escape.toUpperCase();
    })
    .replace(NOT_IN_A_PATH, character => encodeURIComponent(character));
  const fault = faultOf(normal, options);
  return fault ? { fault } : { path: normal };
}

function faultAsWritten(path: string): string | undefined {
  if (!path.startsWith('/')) return "it doesn't start with a slash";
  if (CONTROL_OR_SPACE.test(path))
    return 'it contains a space or control character. Encode it';
  if (/[?#]/.test(path)) return 'it contains a query or a fragment';
  if (path.includes('\\')) return 'it contains a backslash';
  if (LONE_SURROGATE.test(path)) return 'it contains half of a surrogate pair';
  if (BROKEN_ESCAPE.test(path))
    return 'it contains an incomplete percent escape';
  return undefined;
}

function faultOf(
  normal: string,
  { encodedSlash = false }: ApiPathOptions,
): string | undefined {
  if (ENCODED_BACKSLASH.test(normal)) return 'it contains an encoded backslash';
  if (!encodedSlash && ENCODED_SLASH.test(normal))
    return 'it contains an encoded slash. Set encodedSlash to true if the API accepts it inside a segment';
  for (const segment of normal.split('/')) {
    const parts = segment.split(ENCODED_SLASH);
    if (parts.length > 1 && parts.includes(''))
      return 'it contains an encoded slash at the start or end of a segment, or two in a row';
    for (const part of parts) {
      const fault = partFault(part);
      if (fault) return fault;
    }
  }
  const decoded = decode(normal);
  if (decoded === undefined) return "its percent escapes aren't UTF-8";
  if (DECODED_CONTROL.test(decoded))
    return 'it contains an encoded control character';
  return undefined;
}

/** Returns the fault of a segment, however often servers decode it. */
function partFault(part: string): string | undefined {
  if (!part.includes('%') && !part.startsWith('.')) return undefined;
  const decoded = decodeFully(part);
  if (decoded === undefined) return 'it is encoded too many times';
  if (ENCODED_TWICE.test(part) || /[/\\]/.test(decoded))
    return 'it contains a dot, slash, or backslash that is encoded twice';
  // `..;x`: some servers ignore the path parameter
  const [name] = decoded.split(';');
  if (name === '.' || name === '..') return 'it contains a dot segment';
  if (CONTROL_BYTE.test(decoded))
    return 'it contains an encoded control character';
  return undefined;
}

/** Overlong encodings (`%c0%ae` for a dot) aren't valid UTF-8 and are rejected here. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
