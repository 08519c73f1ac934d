import { CONTROL_OR_SPACE } from './controlCharacters';
import { decodeFully } from './percentDecoding';
import { fault, PathFault } from './faults';

/**
 * A path in its normal form, or why it was rejected.
 *
 * @public
 */
export type ApiPathReading =
  | { path: string; fault?: undefined }
  | { path?: undefined; fault: PathFault };

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
  const found = faultOf(normal, options);
  return found ? { fault: found } : { path: normal };
}

function faultAsWritten(path: string): PathFault | undefined {
  if (!path.startsWith('/')) return fault('path.noSlash');
  if (CONTROL_OR_SPACE.test(path)) return fault('path.spaceOrControl');
  if (/[?#]/.test(path)) return fault('path.query');
  if (path.includes('\\')) return fault('path.backslash');
  if (LONE_SURROGATE.test(path)) return fault('path.surrogate');
  if (BROKEN_ESCAPE.test(path)) return fault('path.incompleteEscape');
  return undefined;
}

function faultOf(
  normal: string,
  { encodedSlash = false }: ApiPathOptions,
): PathFault | undefined {
  if (ENCODED_BACKSLASH.test(normal)) return fault('path.encodedBackslash');
  if (!encodedSlash && ENCODED_SLASH.test(normal))
    return fault('path.encodedSlash');
  for (const segment of normal.split('/')) {
    const parts = segment.split(ENCODED_SLASH);
    if (parts.length > 1 && parts.includes(''))
      return fault('path.encodedSlashPlace');
    for (const part of parts) {
      const found = partFault(part);
      if (found) return found;
    }
  }
  const decoded = decode(normal);
  if (decoded === undefined) return fault('path.notUtf8');
  if (DECODED_CONTROL.test(decoded)) return fault('path.encodedControl');
  return undefined;
}

/** Returns the fault of a segment, however often servers decode it. */
function partFault(part: string): PathFault | undefined {
  if (!part.includes('%') && !part.startsWith('.')) return undefined;
  const decoded = decodeFully(part);
  if (decoded === undefined) return fault('path.encodedOften');
  if (ENCODED_TWICE.test(part) || /[/\\]/.test(decoded))
    return fault('path.encodedTwice');
  // `..;x`: some servers ignore the path parameter
  const [name] = decoded.split(';');
  if (name === '.' || name === '..') return fault('path.dotSegment');
  if (CONTROL_BYTE.test(decoded)) return fault('path.encodedControl');
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
