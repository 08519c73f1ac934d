/**
 * A path in its normal form, or what is wrong with it.
 *
 * @public
 */
export type GatewayPathReading =
  | { path: string; fault?: undefined }
  | { path?: undefined; fault: string };

// eslint-disable-next-line no-control-regex -- the URL parser drops tabs and line breaks: `/\t/evil` becomes `//evil`
const CONTROL_OR_SPACE = /[\u0000-\u0020\u007f]/;
const OUTSIDE_ASCII = /[^\u0021-\u007e]/;
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
const ENCODED_SEPARATOR = /%2f|%5c/i;
/** `%252e`, `%25252f`: nothing for us, but a dot or a slash for a server that decodes once more. */
const ENCODED_TWICE = /%(?:25)+(?:2e|2f|5c)/i;
// eslint-disable-next-line no-control-regex -- what is looked for
const DECODED_CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** RFC 3986 section 2.3. */
const UNRESERVED = /[A-Za-z0-9._~-]/;
/** Everything but `pchar`, `/` and `%` (RFC 3986 section 3.3). */
const NOT_IN_A_PATH = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/g;

/**
 * Brings the path of a gateway call into the one form in which it is both matched with the routes and sent to the API
 * (RFC 3986 section 6.2.2): characters that need no escape are unescaped, escapes are in capitals. What one server on
 * the way could read as another path than the next is refused: dot segments in any spelling, encoded slashes and
 * backslashes, empty segments, control characters, escapes that are no UTF-8.
 *
 * @public
 */
export function readGatewayPath(path: string): GatewayPathReading {
  const fault = faultOf(path);
  if (fault) return { fault };
  const normal = path
    .replace(/%[0-9a-f]{2}/gi, escape => {
      const character = String.fromCharCode(parseInt(escape.slice(1), 16));
      return UNRESERVED.test(character) ? character : escape.toUpperCase();
    })
    .replace(NOT_IN_A_PATH, character => encodeURIComponent(character));
  return { path: normal };
}

function faultOf(path: string): string | undefined {
  if (!path.startsWith('/')) return 'it does not start with a slash';
  if (CONTROL_OR_SPACE.test(path))
    return 'it contains a space or a control character; encode it';
  if (OUTSIDE_ASCII.test(path))
    return 'it contains a character outside ASCII; encode it';
  if (/[?#]/.test(path)) return 'it contains a query or a fragment';
  if (path.includes('\\')) return 'it contains a backslash';
  if (path.includes('//')) return 'it contains two slashes in a row';
  if (BROKEN_ESCAPE.test(path)) return 'it contains a broken percent escape';
  if (ENCODED_SEPARATOR.test(path))
    return 'it contains an encoded slash or backslash';
  if (ENCODED_TWICE.test(path))
    return 'it contains a dot, slash or backslash that is encoded twice';
  if (path.split('/').some(isDotSegment)) return 'it contains a dot segment';
  const decoded = decode(path);
  if (decoded === undefined) return 'its percent escapes are not UTF-8';
  if (DECODED_CONTROL.test(decoded))
    return 'it contains an encoded control character';
  return undefined;
}

/** `.` and `..`, encoded or not, and with a parameter (`..;x`), which some servers ignore. */
function isDotSegment(segment: string): boolean {
  const [name] = segment.replace(/%2e/gi, '.').split(/;|%3b/i);
  return name === '.' || name === '..';
}

/** Overlong encodings (`%c0%ae` for a dot) are no UTF-8 and end here. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
