/**
 * Why a path or an address is refused, as clauses.
 *
 * @public
 */
export const PATH_FAULTS = {
  noSlash: "it doesn't start with a slash",
  spaceOrControl: 'it contains a space or control character. Encode it',
  query: 'it contains a query or a fragment',
  backslash: 'it contains a backslash',
  surrogate: 'it contains half of a surrogate pair',
  incompleteEscape: 'it contains an incomplete percent escape',
  encodedBackslash: 'it contains an encoded backslash',
  encodedSlash:
    'it contains an encoded slash. Set encodedSlash to true if the API accepts it inside a segment',
  encodedSlashPlace:
    'it contains an encoded slash at the start or end of a segment, or two in a row',
  notUtf8: "its percent escapes aren't UTF-8",
  encodedControl: 'it contains an encoded control character',
  encodedOften: 'it is encoded too many times',
  encodedTwice: 'it contains a dot, slash, or backslash that is encoded twice',
  dotSegment: 'it contains a dot segment',
  outsideAscii: 'it contains a non-ASCII character. Encode it',
  doubleSlash: 'it contains two slashes in a row',
  notAddress: "it isn't a path or an HTTP(S) URL",
  twoSlashes: 'it starts with two slashes',
  notUrl: "it isn't a valid URL",
  credentials: 'it contains a username or password',
  notHttps: "it isn't HTTPS",
  hostNotAllowed: "'{{host}}' isn't an allowed host",
  repeatedParameter: "the base URL already sets the parameter '{{name}}'",
  outsideBaseUrl: "it's outside the base URL",
} as const;
