import {
  CLIENT_AUTHENTICATION_METHODS,
  ClientCredential,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';

/**
 * How a setting is held in the form. `words` are separated by spaces, commas or lines, `scopes` and `uris` by white
 * space only (a comma is a mistake that the schema points at), `lines` by commas or lines. `kept` ones are not edited:
 * they stay with the settings as they are.
 */
export type FieldKind =
  | 'text'
  | 'url'
  | 'long'
  | 'date'
  | 'number'
  | 'flag'
  | 'choice'
  | 'words'
  | 'numbers'
  | 'scopes'
  | 'uris'
  | 'lines'
  | 'values'
  | 'renames'
  | 'secret'
  | 'literal'
  | 'consumers'
  | 'path'
  | 'routes'
  | 'kept';

/** Where in the editor a field stands. */
export type FieldArea =
  | 'general'
  | 'authentication'
  | 'authorizeRequest'
  | 'callback'
  | 'tokenRequest'
  | 'clientAuthentication'
  | 'renewal'
  | 'response'
  | 'handOut'
  | 'instance'
  | 'gateway'
  | 'origin';

interface Field {
  /** Dotted path in the settings, and the field's name in the form. */
  path: string;
  kind: FieldKind;
  area: FieldArea;
  /** What applies when nothing is said; such a value is not sent. */
  fallback?: string | number;
  options?: readonly string[];
  /** Decides where secrets and tokens go: a credential obtained under another value is not used (threats: binding). */
  binding?: boolean;
  /** Only for these grants. */
  grants?: readonly GrantType[];
  /** Only for clients that have this. */
  credential?: ClientCredential;
  /** There is a help text under `help.<id>`. */
  help?: boolean;
  /** An empty value differs from an absent one: null in the form, with a checkbox named `omit.<id>`. */
  omittable?: boolean;
}

const CODE = ['authorization_code'] as const;
const PASSWORD = ['password'] as const;
const METHODS = ['POST', 'GET'] as const;

/**
 * Every setting a person can make, once: the form, its defaults, the summary of unsaved changes, the conflict view and
 * the out-of-date check all read this table. The order is the order of the page.
 */
export const FIELDS = {
  title: { path: 'title', kind: 'text', area: 'general' },
  name: { path: 'name', kind: 'text', area: 'general', help: true },
  description: {
    path: 'description',
    kind: 'long',
    area: 'general',
    help: true,
  },
  consumers: {
    path: 'consumers',
    kind: 'consumers',
    area: 'general',
    help: true,
  },
  owner: { path: 'owner', kind: 'text', area: 'general', help: true },
  tags: { path: 'tags', kind: 'lines', area: 'general' },
  baseUrl: { path: 'baseUrl', kind: 'url', area: 'general', help: true },
  allowedHosts: {
    path: 'allowedHosts',
    kind: 'words',
    area: 'general',
    help: true,
  },
  testPath: { path: 'testPath', kind: 'path', area: 'general', help: true },

  authType: { path: 'auth.type', kind: 'kept', area: 'origin', binding: true },
  grantType: {
    path: 'auth.grantType',
    kind: 'choice',
    area: 'authentication',
    options: ['authorization_code', 'client_credentials', 'password'],
    binding: true,
  },
  issuer: {
    path: 'auth.issuer',
    kind: 'url',
    area: 'authentication',
    binding: true,
    help: true,
  },
  clientId: {
    path: 'auth.clientId',
    kind: 'text',
    area: 'authentication',
    binding: true,
    omittable: true,
  },
  clientSecret: {
    path: 'auth.clientSecret',
    kind: 'secret',
    area: 'authentication',
    credential: 'clientSecret',
  },
  clientSecretExpiresAt: {
    path: 'auth.clientSecretExpiresAt',
    kind: 'date',
    area: 'authentication',
    help: true,
  },
  authorizeUrl: {
    path: 'auth.authorize.url',
    kind: 'url',
    area: 'authentication',
    grants: CODE,
    binding: true,
    help: true,
  },
  tokenUrl: {
    path: 'auth.token.url',
    kind: 'url',
    area: 'authentication',
    binding: true,
    help: true,
  },
  username: {
    path: 'auth.username',
    kind: 'text',
    area: 'authentication',
    grants: PASSWORD,
    binding: true,
  },
  password: {
    path: 'auth.password',
    kind: 'secret',
    area: 'authentication',
    grants: PASSWORD,
  },
  scopes: {
    path: 'auth.scopes',
    kind: 'scopes',
    area: 'authentication',
    help: true,
  },

  authorizeMethod: {
    path: 'auth.authorize.method',
    kind: 'choice',
    area: 'authorizeRequest',
    options: ['GET', 'POST'],
    fallback: 'GET',
    grants: CODE,
  },
  authorizeParams: {
    path: 'auth.authorize.params',
    kind: 'values',
    area: 'authorizeRequest',
    grants: CODE,
    help: true,
  },
  authorizeRename: {
    path: 'auth.authorize.rename',
    kind: 'renames',
    area: 'authorizeRequest',
    grants: CODE,
    help: true,
  },
  responseType: {
    path: 'auth.authorize.responseType',
    kind: 'text',
    area: 'authorizeRequest',
    grants: CODE,
    help: true,
  },
  fragment: {
    path: 'auth.authorize.fragment',
    kind: 'flag',
    area: 'authorizeRequest',
    grants: CODE,
  },
  rawScope: {
    path: 'auth.authorize.rawScope',
    kind: 'flag',
    area: 'authorizeRequest',
    grants: CODE,
  },
  pushedRequestUrl: {
    path: 'auth.authorize.pushedRequestUrl',
    kind: 'url',
    area: 'authorizeRequest',
    grants: CODE,
    binding: true,
    help: true,
  },
  pkce: {
    path: 'auth.pkce',
    kind: 'choice',
    area: 'authorizeRequest',
    options: ['S256', 'off'],
    fallback: 'S256',
    grants: CODE,
  },
  scopeSeparator: {
    path: 'auth.scopeSeparator',
    kind: 'text',
    area: 'authorizeRequest',
    fallback: ' ',
    help: true,
  },
  resource: {
    path: 'auth.resource',
    kind: 'uris',
    area: 'authorizeRequest',
    binding: true,
    help: true,
  },
  audience: {
    path: 'auth.audience',
    kind: 'text',
    area: 'authorizeRequest',
    binding: true,
    help: true,
  },

  redirectUri: {
    path: 'auth.redirectUri',
    kind: 'choice',
    area: 'callback',
    options: ['shared', 'own'],
    fallback: 'shared',
    grants: CODE,
    help: true,
  },
  requireIss: {
    path: 'auth.requireIss',
    kind: 'flag',
    area: 'callback',
    grants: CODE,
  },
  codeParam: {
    path: 'auth.callback.codeParam',
    kind: 'text',
    area: 'callback',
    grants: CODE,
  },
  stateParam: {
    path: 'auth.callback.stateParam',
    kind: 'text',
    area: 'callback',
    grants: CODE,
  },
  callbackKeep: {
    path: 'auth.callback.keep',
    kind: 'words',
    area: 'callback',
    grants: CODE,
    help: true,
  },

  clientAuthentication: {
    path: 'auth.clientAuthentication',
    kind: 'choice',
    area: 'clientAuthentication',
    binding: true,
    options: CLIENT_AUTHENTICATION_METHODS,
    fallback: 'client_secret_basic',
    help: true,
  },
  privateKey: {
    path: 'auth.clientKey.privateKey',
    kind: 'secret',
    area: 'clientAuthentication',
    help: true,
  },
  keyId: {
    path: 'auth.clientKey.kid',
    kind: 'text',
    area: 'clientAuthentication',
    binding: true,
  },
  keyAlgorithm: {
    path: 'auth.clientKey.alg',
    kind: 'choice',
    area: 'clientAuthentication',
    binding: true,
    options: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
    fallback: 'RS256',
  },

  keyAudience: {
    path: 'auth.clientKey.audience',
    kind: 'text',
    area: 'clientAuthentication',
    binding: true,
    help: true,
  },

  keyCertificate: {
    path: 'auth.clientKey.certificate',
    kind: 'long',
    area: 'clientAuthentication',
    binding: true,
    help: true,
  },

  tokenMethod: {
    path: 'auth.token.method',
    kind: 'choice',
    area: 'tokenRequest',
    options: METHODS,
    fallback: 'POST',
    binding: true,
    help: true,
  },
  tokenContentType: {
    path: 'auth.token.contentType',
    kind: 'choice',
    area: 'tokenRequest',
    options: ['form', 'json', 'query'],
    fallback: 'form',
    binding: true,
  },
  tokenParams: {
    path: 'auth.token.params',
    kind: 'values',
    area: 'tokenRequest',
    binding: true,
  },
  tokenQuery: {
    path: 'auth.token.query',
    kind: 'values',
    area: 'tokenRequest',
    binding: true,
  },
  tokenHeaders: {
    path: 'auth.token.headers',
    kind: 'values',
    area: 'tokenRequest',
    binding: true,
  },
  tokenRename: {
    path: 'auth.token.rename',
    kind: 'renames',
    area: 'tokenRequest',
    binding: true,
    help: true,
  },
  tokenGrantType: {
    path: 'auth.token.grantType',
    kind: 'text',
    area: 'tokenRequest',
    binding: true,
    help: true,
    omittable: true,
  },
  connectMs: {
    path: 'auth.timeouts.connectMs',
    kind: 'number',
    area: 'tokenRequest',
    help: true,
  },
  responseMs: {
    path: 'auth.timeouts.responseMs',
    kind: 'number',
    area: 'tokenRequest',
    help: true,
  },

  refreshUrl: {
    path: 'auth.refresh.url',
    kind: 'url',
    area: 'renewal',
    binding: true,
    help: true,
  },
  refreshMethod: {
    path: 'auth.refresh.method',
    kind: 'choice',
    area: 'renewal',
    options: ['', ...METHODS],
    binding: true,
  },
  refreshParams: {
    path: 'auth.refresh.params',
    kind: 'values',
    area: 'renewal',
    binding: true,
    help: true,
    omittable: true,
  },
  refreshMode: {
    path: 'auth.refresh.mode',
    kind: 'choice',
    area: 'renewal',
    options: ['', 'refresh_token', 'grant'],
    binding: true,
  },
  refreshGrantType: {
    path: 'auth.refresh.grantType',
    kind: 'text',
    area: 'renewal',
    binding: true,
    help: true,
    omittable: true,
  },
  refreshSendScope: {
    path: 'auth.refresh.sendScope',
    kind: 'flag',
    area: 'renewal',
    binding: true,
  },
  refreshRedirectUri: {
    path: 'auth.refresh.redirectUri',
    kind: 'flag',
    area: 'renewal',
    grants: CODE,
    binding: true,
  },
  idleDays: {
    path: 'auth.refresh.idleEvery.days',
    kind: 'number',
    area: 'renewal',
    help: true,
  },
  idleHours: {
    path: 'auth.refresh.idleEvery.hours',
    kind: 'number',
    area: 'renewal',
  },
  idleMinutes: {
    path: 'auth.refresh.idleEvery.minutes',
    kind: 'number',
    area: 'renewal',
  },
  refreshBeforeExpirySeconds: {
    path: 'auth.refreshBeforeExpirySeconds',
    kind: 'number',
    area: 'renewal',
  },
  defaultLifetimeSeconds: {
    path: 'auth.defaultLifetimeSeconds',
    kind: 'number',
    area: 'renewal',
    help: true,
  },
  revokeUrl: {
    path: 'auth.revoke.url',
    kind: 'url',
    area: 'renewal',
    binding: true,
  },

  accessTokenPath: {
    path: 'auth.response.accessToken',
    kind: 'text',
    area: 'response',
    fallback: 'access_token',
    binding: true,
    help: true,
  },
  expiresInPath: {
    path: 'auth.response.expiresIn',
    kind: 'text',
    area: 'response',
    binding: true,
    fallback: 'expires_in',
  },
  expiresInUnit: {
    path: 'auth.response.expiresInUnit',
    kind: 'choice',
    area: 'response',
    options: ['seconds', 'milliseconds', 'minutes'],
    fallback: 'seconds',
  },
  expiresAtPath: {
    path: 'auth.response.expiresAt',
    kind: 'text',
    area: 'response',
    binding: true,
    help: true,
  },
  refreshTokenPath: {
    path: 'auth.response.refreshToken',
    kind: 'text',
    area: 'response',
    fallback: 'refresh_token',
    binding: true,
  },
  refreshExpiresInPath: {
    path: 'auth.response.refreshExpiresIn',
    kind: 'text',
    area: 'response',
  },
  tokenTypePath: {
    path: 'auth.response.tokenType',
    kind: 'text',
    area: 'response',
  },
  tokenTypes: {
    path: 'auth.response.tokenTypes',
    kind: 'words',
    area: 'response',
    fallback: 'bearer',
  },
  scopePath: { path: 'auth.response.scope', kind: 'text', area: 'response' },
  errorPath: {
    path: 'auth.response.error',
    kind: 'text',
    area: 'response',
    binding: true,
  },
  successPath: {
    path: 'auth.response.success.path',
    kind: 'text',
    area: 'response',
    binding: true,
    help: true,
  },
  successEquals: {
    path: 'auth.response.success.equals',
    kind: 'literal',
    area: 'response',
    binding: true,
  },
  responseKeep: {
    path: 'auth.response.keep',
    kind: 'words',
    area: 'response',
    binding: true,
    help: true,
  },

  rejectedStatuses: {
    path: 'auth.rejectedStatuses',
    kind: 'numbers',
    area: 'handOut',
    fallback: '401',
    help: true,
  },
  headerName: {
    path: 'auth.header.name',
    kind: 'text',
    area: 'handOut',
    fallback: 'Authorization',
  },
  headerPrefix: {
    path: 'auth.header.prefix',
    kind: 'text',
    area: 'handOut',
    fallback: 'Bearer',
  },

  instance: {
    path: 'instance',
    kind: 'values',
    area: 'instance',
    binding: true,
    help: true,
  },

  gatewayRoutes: {
    path: 'gateway.routes',
    kind: 'routes',
    area: 'gateway',
    help: true,
  },
  gatewayRequestBytes: {
    path: 'gateway.limits.requestBytes',
    kind: 'number',
    area: 'gateway',
  },
  gatewayResponseBytes: {
    path: 'gateway.limits.responseBytes',
    kind: 'number',
    area: 'gateway',
  },

  importedFrom: { path: 'importedFrom', kind: 'kept', area: 'origin' },
} as const satisfies Record<string, Field>;

/** The id of a setting, under which its label and help are translated. */
export type FieldId = keyof typeof FIELDS;

/** One row of {@link FIELDS}. */
export interface FieldSpec extends Field {
  id: FieldId;
}

/** All settings in the order of the page. */
export const FIELD_LIST: readonly FieldSpec[] = Object.entries(FIELDS).map(
  ([id, field]) => ({ ...(field as Field), id: id as FieldId }),
);

/** One setting by its id. */
export function fieldSpec(id: FieldId): FieldSpec {
  return { ...(FIELDS[id] as Field), id };
}

/** Whether a setting has a meaning for a grant, and for what the client has. */
export function appliesTo(
  field: FieldSpec,
  grantType: string,
  credential?: ClientCredential,
): boolean {
  const { grants, credential: wanted } = field;
  return (
    (!grants || (grants as readonly string[]).includes(grantType)) &&
    (!credential || !wanted || wanted === credential)
  );
}

/** The setting that a dotted path of an error belongs to: the path itself, or the nearest one above it. */
export function fieldOfPath(path: string): FieldSpec | undefined {
  return FIELD_LIST.filter(
    field => path === field.path || path.startsWith(`${field.path}.`),
  ).sort((a, b) => b.path.length - a.path.length)[0];
}
