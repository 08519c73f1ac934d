import {
  RESERVED_HEADERS,
  UNDROPPABLE_PARAMETERS,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseBody, readPath, wholeToken } from './responseBody';
import { ResponseFacts } from './ResponseFacts';
import { isToken } from './legibility';
import { fillForm, FilledForm } from './ownForm';
import { ProviderCall } from './ProviderCall';
import { readDescription, readProviderError } from './providerError';
import { Parameter, encodeForm, withQuery } from './queryString';
import { ResolvedAuth } from '../settings/ResolvedSettings';
import { readScope } from './scopes';
import { SettingsError } from '../settings/SettingsError';
import { tokenValues } from './tokenValues';

/** A request of the library, in the form of RFC 6749. */
export interface StandardRequest {
  headers: Record<string, string>;
  parameters: Parameter[];
}

/** A request in the provider's form. */
export interface WireRequest {
  url: string;
  method: 'POST' | 'GET';
  headers: Record<string, string>;
  body?: string;
}

/** A request to be sent, and what of it no text may repeat. */
export interface Translation {
  wire: WireRequest;
  secrets: string[];
}

/** The media type of forms has no charset parameter, and some servers reject one. */
const CONTENT_TYPES = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
};

/**
 * Translates a request from the RFC's form to the provider's.
 *
 * @throws SettingsError when renaming would send two parameters under one name
 */
export function toWire(
  request: StandardRequest,
  call: ProviderCall,
): Translation {
  const { accept, 'user-agent': agent } = request.headers;
  const own: FilledForm = call.own
    ? fillForm(call.own, request.parameters)
    : { parameters: request.parameters, secrets: [] };
  const { secrets } = own;
  const authorization = own.authorization ?? request.headers.authorization;
  const headers: Record<string, string> = { accept, 'user-agent': agent };
  for (const [name, value] of Object.entries(call.headers))
    if (!RESERVED_HEADERS.includes(name)) headers[name] = value;
  if (authorization) headers.authorization = authorization;

  const parameters = renameParameters(
    withGrantType(own.parameters, call.grantType),
    call.rename,
  );
  const inQuery =
    own.body === undefined &&
    (call.method === 'GET' || call.contentType === 'query');
  const query = inQuery ? [...call.query, ...parameters] : call.query;
  const url = withQuery(
    call.url,
    query.map(([name]) => name),
    encodeForm(query),
  );
  const { method } = call;
  if (inQuery) return { wire: { url, method, headers }, secrets };
  const isJson = own.body !== undefined || call.contentType === 'json';
  const type = isJson ? 'json' : 'form';
  headers['content-type'] = CONTENT_TYPES[type];
  const body =
    own.body ?? (isJson ? encodeJson(parameters) : encodeForm(parameters));
  return { wire: { url, method, headers, body }, secrets };
}

function withGrantType(
  parameters: readonly Parameter[],
  grantType: string | undefined,
): readonly Parameter[] {
  if (grantType === undefined) return parameters;
  const others = parameters.filter(([name]) => name !== 'grant_type');
  return grantType === '' ? others : [['grant_type', grantType], ...others];
}

/**
 * Renames parameters for the provider. An empty name omits a parameter, unless it protects the exchange.
 *
 * @throws SettingsError when two parameters would get one name
 */
export function renameParameters(
  parameters: readonly Parameter[],
  rename: Record<string, string | undefined>,
): Parameter[] {
  const sources = new Map<string, string>();
  const renamed: Parameter[] = [];
  for (const [name, value] of parameters) {
    const to = Object.hasOwn(rename, name) ? rename[name] ?? name : name;
    if (to === '' && !UNDROPPABLE_PARAMETERS.includes(name)) continue;
    const final = to || name;
    const source = sources.get(final) ?? name;
    if (source !== name) {
      throw new SettingsError('parameterTwice', {
        first: source,
        second: name,
        name: final,
      });
    }
    sources.set(final, name);
    renamed.push([final, value]);
  }
  return renamed;
}

/** A repeated parameter becomes a list. */
function encodeJson(parameters: readonly Parameter[]): string {
  const body = new Map<string, string | string[]>();
  for (const [name, value] of parameters) {
    const before = body.get(name);
    body.set(name, before === undefined ? value : [before, value].flat());
  }
  return JSON.stringify(Object.fromEntries(body));
}

/** A response in the form of RFC 6749 section 5, and facts about the original one. */
export interface StandardResponse {
  status: number;
  body: Record<string, string>;
  facts: Partial<ResponseFacts>;
  /** The token type in the provider's spelling. `Bearer` if the response has none. */
  tokenType: string;
}

/**
 * Translates a response of the token endpoint to the form of RFC 6749. Errors with status 200 become 400, tokens are read
 * from their configured paths, and what the library must not check (lifetimes, an ID token that wasn't requested) is left
 * out.
 */
export function fromWire(
  status: number,
  body: ResponseBody,
  auth: ResolvedAuth,
  options: { idToken: boolean; keptToken?: string; isDpop?: boolean },
): StandardResponse {
  const ok = status >= 200 && status < 300;
  const facts: Partial<ResponseFacts> = { ...shapeOf(body) };
  const error =
    body.value !== undefined && readProviderError(status, body.value, auth);
  if (error) {
    return {
      status: ok ? 400 : status,
      body: { error: error.error },
      facts: {
        ...facts,
        error: error.error,
        errorDescription: error.description,
        errorConfigured: error.configured,
      },
      tokenType: '',
    };
  }
  const keptToken = prolongs(body, auth) ? options.keptToken : undefined;
  const { response } = auth;
  const whole =
    response.accessToken === WHOLE_RESPONSE ? wholeToken(body) : undefined;
  if (!ok || (body.value === undefined && !keptToken && !whole))
    return { status, body: {}, facts, tokenType: '' };

  // The fields of a token that happens to read as a form are parts of the token.
  const value = whole === undefined ? body.value : undefined;
  const text = (path: string) => asText(readPath(value, path));
  const accessToken = whole ?? text(response.accessToken) ?? keptToken;
  const refreshToken = text(response.refreshToken);
  const isKept = keptToken !== undefined && accessToken === keptToken;
  const tokenType =
    text(response.tokenType ?? 'token_type') ??
    (isKept && options.isDpop ? 'DPoP' : 'Bearer');
  // With DPoP, any other token isn't bound to our key (RFC 9449 section 5).
  const accepted = options.isDpop
    ? ['dpop']
    : [...response.tokenTypes, 'bearer'];
  const known = accepted.some(
    type => type.toLowerCase() === tokenType.toLowerCase(),
  );
  if (!accessToken) {
    facts.tokenLike = tokenLikeMembers(body);
    // Some providers report an error only as a message.
    facts.errorDescription = readDescription(body.value, auth);
  }
  if (!known) {
    facts.unknownTokenType = tokenType;
    facts.unboundToken = options.isDpop;
  }
  const illegible = [accessToken, refreshToken].some(
    token => token !== undefined && !isToken(token),
  );
  if (illegible)
    return { status, body: {}, facts: { ...facts, illegible }, tokenType };
  const members = {
    access_token: accessToken,
    // The library has no key, so it takes every token that is accepted here for a bearer token.
    token_type: known ? 'bearer' : `unknown:${tokenType}`,
    refresh_token: refreshToken,
    scope: readScope(
      readPath(value, response.scope ?? 'scope'),
      tokenValues(value, auth),
    ),
    id_token: options.idToken ? text('id_token') : undefined,
  };
  return {
    status: 200,
    body: Object.fromEntries(
      Object.entries(members).filter(
        (member): member is [string, string] => member[1] !== undefined,
      ),
    ),
    facts,
    tokenType,
  };
}

/**
 * Whether a response without an access token prolongs the present one: it says until when, it has the configured sign of
 * success (which was compared before), or it is empty. Anything else may be an error that nobody recognized.
 */
function prolongs(body: ResponseBody, { response }: ResolvedAuth): boolean {
  if (body.kind === 'empty' || response.success !== undefined) return true;
  return [response.expiresIn, response.expiresAt].some(
    path => path !== undefined && readPath(body.value, path) !== undefined,
  );
}

/** Some providers return tokens as numbers. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function shapeOf(body: ResponseBody): Partial<ResponseFacts> {
  return {
    ...(body.kind === 'html' ? { html: true } : {}),
    ...(body.kind === 'empty' ? { empty: true } : {}),
    ...(body.kind === 'truncated' ? { truncated: true } : {}),
    ...(body.kind === 'malformed' ? { malformed: true } : {}),
    ...(body.kind === 'form' ? { form: true } : {}),
    // Only names in JSON: if plain text is parsed as a form, a token could be the name of a field.
    ...(body.kind === 'json' && isObject(body.value)
      ? { fields: memberNames(body.value) }
      : {}),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberNames(value: unknown): string[] {
  if (!isObject(value)) return [];
  return Object.keys(value)
    .filter(name => /^[\w.$:@-]{1,40}$/.test(name))
    .slice(0, 30);
}

const TOKEN_NAMES = new Set([
  'accesstoken',
  'token',
  'authtoken',
  'bearertoken',
  'oauthtoken',
  'apitoken',
  'sessiontoken',
  'jwt',
  'jwttoken',
]);

/** Returns paths of strings, up to one level down, that are named like an access token. */
function tokenLikeMembers(body: ResponseBody): string[] {
  if (body.kind !== 'json') return [];
  const paths: string[] = [];
  const visit = (value: unknown, prefix: string, depth: number) => {
    for (const name of memberNames(value)) {
      const member = (value as Record<string, unknown>)[name];
      const plain = name.toLowerCase().replace(/[_-]/g, '');
      if (typeof member === 'string' && member && TOKEN_NAMES.has(plain))
        paths.push(prefix + name);
      else if (depth > 0) visit(member, `${prefix}${name}.`, depth - 1);
    }
  };
  visit(body.value, '', 1);
  return paths;
}
