import { Chance } from '../../__testUtils__/Chance';
import { FuzzRequest } from './validRequests';

/** Texts that have broken software before. */
const TEXTS = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\u202e', '\r\nX-Evil: 1', '%00', '%'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'],
  ...['{{constructor}}', '{{instance.__proto__}}', '{{token.accessToken}}'],
  ...['{{', '}}', '{{uuid}}{{nonce}}', "' or 1=1 --", '"; drop table x', '*'],
  ...['../../etc/passwd', '..%2f', '\\\\evil', '//evil.example', 'data:,1'],
  ...['http://169.254.169.254/', 'https://[::1]/', 'file:///etc/passwd'],
  ...['https://user:pw@host/', 'https://host/#f', 'ftp://host', 'https:host'],
  ...['<script>alert(1)</script>', '${7*7}', '😀', 'é', 'İ', 'ﬀ', '０'],
  ...['NaN', 'Infinity', '-1', '1e309', '0x10', '9'.repeat(400)],
  ...['x'.repeat(10_000), 'a.b.c.d.e.f', 'a..b', '.', '..', '0', 'null'],
];

const VALUES: unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e21, -1e308, [], {}, [[]], [null]],
  ...[{ secret: true }, { secret: true, value: null }, { secret: 'yes' }],
  ...[{ secret: true, set: true }, { length: 1e9 }, ['a', 'a'], [{}]],
  { toString: 'x', valueOf: null },
  JSON.parse('{"__proto__": {"admin": true}}'),
  Array.from({ length: 200 }, (_, index) => `v${index}`),
  Array.from({ length: 40 }).reduce<unknown>(inner => ({ a: inner }), 'deep'),
];

const HEADERS: Array<[string, string]> = [
  ['if-match', '*'],
  ['if-match', 'W/"1"'],
  ['if-match', '"99999999999999999999"'],
  ['if-match', '""'],
  ['Datasource-Auth-Request', ''],
  ['Datasource-Auth-Request', '%00'],
  ['Datasource-Auth-Request', 'x'.repeat(10_000)],
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=utf-7'],
  ['content-type', 'application/json; charset=\u00ff'],
  ['content-type', 'multipart/form-data'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br, gzip'],
  ['transfer-encoding', 'chunked'],
  ['accept', 'text/html'],
  ['accept-encoding', 'x'],
  ['authorization', 'Bearer x'],
  ['authorization', 'Basic eDp5'],
  ['authorization', ''],
  ['cookie', 'a=b; a=c; =; ;;'],
  ['cookie', `datasource-auth-x=${'x'.repeat(3_000)}`],
  ['host', 'evil.example'],
  ['x-forwarded-host', 'evil.example'],
  ['x-http-method-override', 'DELETE'],
  ['range', 'bytes=0-99999999999'],
  ['if-none-match', '*'],
  ['expect', '100-continue'],
  ['origin', 'https://evil.example'],
];

/** Breaks one part of a call. */
export function breakOneThing(
  chance: Chance,
  request: FuzzRequest,
): FuzzRequest {
  const broken = structuredClone(request);
  const ways = [breakPath, breakHeaders, breakQuery];
  // Most of what is read is a body.
  if (request.body !== undefined) {
    ways.push(...Array.from({ length: 9 }, () => breakValue), breakBody);
  }
  chance.oneOf(ways)(chance, broken);
  return broken;
}

function breakPath(chance: Chance, request: FuzzRequest) {
  const at = chance.between(0, request.path.length - 1);
  request.path[at] = chance.oneOf([
    () => encode(chance.oneOf(TEXTS)),
    () => `${request.path[at]}%2f..`,
    () => request.path[at].toUpperCase(),
    () => '%ff%fe',
    () => '%2e%2e',
    () => `${request.path[at]}/`,
    () => 'x'.repeat(6_000),
  ])();
}

function breakHeaders(chance: Chance, request: FuzzRequest) {
  const [name, value] = chance.oneOf(HEADERS);
  request.headers[name] = value;
}

function breakQuery(chance: Chance, request: FuzzRequest) {
  const [name] = request.query.length
    ? chance.oneOf(request.query)
    : [chance.oneOf(['force', 'revoke', 'limit', 'x'])];
  request.query.push([
    chance.oneOf([name, `${name}[]`, `${name}[a]`, '__proto__[a]', '']),
    chance.oneOf(TEXTS),
  ]);
}

/** Changes, removes, adds or renames a field anywhere in the body. */
function breakValue(chance: Chance, request: FuzzRequest) {
  const places = placesIn(request.body);
  const { parent, key } = chance.oneOf(places);
  const change = chance.between(0, 5);
  if (change === 0) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  } else if (change === 1) {
    parent[key] = chance.oneOf(VALUES);
  } else if (change === 2 && !Array.isArray(parent)) {
    Object.defineProperty(parent, chance.oneOf(TEXTS.slice(0, 40)), {
      ...{ value: parent[key], enumerable: true },
      ...{ configurable: true, writable: true },
    });
  } else {
    parent[key] = chance.oneOf(TEXTS);
  }
}

function breakBody(chance: Chance, request: FuzzRequest) {
  const text = JSON.stringify(request.body);
  request.rawBody = chance.oneOf<() => string | Buffer>([
    () => text.slice(0, chance.between(0, text.length - 1)),
    () => `${text}${text}`,
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text)]),
    () => `[${text}]`,
    () => '"text"',
    () => 'null',
    () => text.replace('"name"', '"name":"twice","name"'),
    () => `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    () => `${text.slice(0, -1)},"x":"${'y'.repeat(300_000)}"}`,
    () => '',
  ])();
}

function placesIn(
  value: unknown,
): Array<{ parent: any; key: string | number }> {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { parent: value, key },
    ...placesIn(inner),
  ]);
}

/** As in a URL. Half a surrogate pair, which has no UTF-8, becomes a replacement character. */
export function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
