import {
  CLIENT_AUTHENTICATION_METHODS,
  ClientAuthenticationMethod,
  GRANT_TYPES,
} from 'backstage-plugin-datasource-auth-common';
import { algorithmField, assertionFields, keyFields } from './assertionFields';
import { Field, Fields } from './Field';
import { furtherFields } from './furtherFields';

const METHODS = ['POST', 'GET'] as const;

const SIGNING_METHODS = ['private_key_jwt', 'client_secret_jwt'] as const;

/** Limits fields to some client authentications. */
function usedBy<const F extends Record<string, Field>>(
  methods: readonly ClientAuthenticationMethod[],
  fields: F,
): F {
  return Object.fromEntries(
    Object.entries(fields).map(([id, field]) => [id, { ...field, methods }]),
  ) as F;
}

/** Shared fields that come before the grant's own fields in an area. */
export const beforeGrants = {
  authentication: {
    grantType: { path: 'auth.grantType', kind: 'choice', options: GRANT_TYPES },
    issuer: { path: 'auth.issuer', kind: 'url', help: true },
    clientId: { path: 'auth.clientId', kind: 'text', omittable: true },
    clientSecret: {
      path: 'auth.clientSecret',
      kind: 'secret',
      credential: 'clientSecret',
    },
    ...usedBy(['private_key_jwt'], {
      privateKey: {
        path: 'auth.clientAssertion.key',
        kind: 'secret',
        multiline: true,
        help: true,
      },
      ...keyFields('key', 'auth.clientAssertion'),
    }),
    clientAssertionFile: {
      path: 'auth.clientAssertion.file',
      kind: 'text',
      credential: 'file',
      help: true,
    },
    clientSecretExpiresAt: {
      path: 'auth.clientSecretExpiresAt',
      kind: 'date',
      expiry: true,
      help: true,
    },
  },
  clientAuthentication: {
    clientAuthentication: {
      path: 'auth.clientAuthentication',
      kind: 'choice',
      options: CLIENT_AUTHENTICATION_METHODS,
      fallback: 'client_secret_basic',
      help: true,
    },
  },
  renewal: {
    refreshUrl: { path: 'auth.refresh.url', kind: 'url', help: true },
    refreshMethod: {
      path: 'auth.refresh.method',
      kind: 'choice',
      options: ['', ...METHODS],
    },
    refreshContentType: {
      path: 'auth.refresh.contentType',
      kind: 'choice',
      options: ['', 'form', 'json', 'query'],
    },
    refreshClientAuthentication: {
      path: 'auth.refresh.clientAuthentication',
      kind: 'choice',
      options: ['', ...CLIENT_AUTHENTICATION_METHODS],
      help: true,
    },
    refreshParams: {
      path: 'auth.refresh.params',
      kind: 'values',
      help: true,
      omittable: true,
    },
    refreshBody: { path: 'auth.refresh.body', kind: 'json', help: true },
    refreshMode: {
      path: 'auth.refresh.mode',
      kind: 'choice',
      options: ['', 'refresh_token', 'grant'],
    },
    refreshGrantType: {
      path: 'auth.refresh.grantType',
      kind: 'text',
      help: true,
      omittable: true,
    },
    refreshSendScope: { path: 'auth.refresh.sendScope', kind: 'flag' },
    refreshKeepsAccessToken: {
      path: 'auth.refresh.keepsAccessToken',
      kind: 'flag',
      help: true,
    },
    refreshScopes: {
      path: 'auth.refresh.scopes',
      kind: 'uris',
      help: true,
    },
  },
  furtherRefresh: furtherFields('refreshThen', 'auth.refresh.then'),
} as const satisfies Fields;

/** Shared fields that come after the grant's own fields in an area. */
export const behindGrants = {
  authentication: {
    tokenUrl: { path: 'auth.token.url', kind: 'url', help: true },
    scopes: { path: 'auth.scopes', kind: 'scopes', help: true },
  },
  authorizeRequest: {
    scopeSeparator: {
      path: 'auth.scopeSeparator',
      kind: 'text',
      fallback: ' ',
      help: true,
    },
    resource: { path: 'auth.resource', kind: 'uris', help: true },
    audience: { path: 'auth.audience', kind: 'text', help: true },
  },
  clientAuthentication: {
    ...usedBy(SIGNING_METHODS, {
      keyId: { path: 'auth.clientAssertion.kid', kind: 'text', help: true },
      keyAlgorithm: {
        path: 'auth.clientAssertion.alg',
        ...algorithmField,
      },
      keyIssuer: {
        path: 'auth.clientAssertion.issuer',
        kind: 'text',
        help: true,
      },
      keySubject: {
        path: 'auth.clientAssertion.subject',
        kind: 'text',
        help: true,
      },
      keyAudience: {
        path: 'auth.clientAssertion.audience',
        kind: 'text',
        help: true,
        omittable: true,
      },
    }),
  },
  clientAssertion: usedBy(
    SIGNING_METHODS,
    assertionFields('key', 'auth.clientAssertion'),
  ),
  tokenRequest: {
    tokenMethod: {
      path: 'auth.token.method',
      kind: 'choice',
      options: METHODS,
      fallback: 'POST',
      help: true,
    },
    tokenContentType: {
      path: 'auth.token.contentType',
      kind: 'choice',
      options: ['form', 'json', 'query'],
      fallback: 'form',
    },
    tokenParams: { path: 'auth.token.params', kind: 'values', help: true },
    tokenQuery: { path: 'auth.token.query', kind: 'values' },
    tokenHeaders: { path: 'auth.token.headers', kind: 'values' },
    tokenRename: { path: 'auth.token.rename', kind: 'renames', help: true },
    tokenBody: { path: 'auth.token.body', kind: 'json', help: true },
    tokenAuthorization: {
      path: 'auth.token.authorization',
      kind: 'text',
      help: true,
    },
    tokenBasicUsername: {
      path: 'auth.token.basic.username',
      kind: 'text',
      help: true,
    },
    tokenBasicPassword: { path: 'auth.token.basic.password', kind: 'text' },
    tokenGrantType: {
      path: 'auth.token.grantType',
      kind: 'text',
      help: true,
      omittable: true,
    },
    connectMs: { path: 'auth.timeouts.connectMs', kind: 'number', help: true },
    responseMs: {
      path: 'auth.timeouts.responseMs',
      kind: 'number',
      help: true,
    },
  },
  furtherRequest: furtherFields('then', 'auth.token.then'),
  renewal: {
    idleDays: {
      path: 'auth.refresh.idleEvery.days',
      kind: 'number',
      help: true,
    },
    idleHours: { path: 'auth.refresh.idleEvery.hours', kind: 'number' },
    idleMinutes: { path: 'auth.refresh.idleEvery.minutes', kind: 'number' },
    refreshBeforeExpirySeconds: {
      path: 'auth.refreshBeforeExpirySeconds',
      kind: 'number',
    },
    defaultLifetimeSeconds: {
      path: 'auth.defaultLifetimeSeconds',
      kind: 'number',
      help: true,
    },
    revokeUrl: { path: 'auth.revoke.url', kind: 'url', help: true },
  },
  response: {
    accessTokenPath: {
      path: 'auth.response.accessToken',
      kind: 'text',
      fallback: 'access_token',
      help: true,
    },
    expiresInPath: {
      path: 'auth.response.expiresIn',
      kind: 'text',
      fallback: 'expires_in',
    },
    expiresInUnit: {
      path: 'auth.response.expiresInUnit',
      kind: 'choice',
      options: ['seconds', 'milliseconds', 'minutes'],
      fallback: 'seconds',
    },
    expiresAtPath: {
      path: 'auth.response.expiresAt',
      kind: 'text',
      help: true,
    },
    refreshTokenPath: {
      path: 'auth.response.refreshToken',
      kind: 'text',
      fallback: 'refresh_token',
    },
    refreshExpiresInPath: {
      path: 'auth.response.refreshExpiresIn',
      kind: 'text',
    },
    tokenTypePath: { path: 'auth.response.tokenType', kind: 'text' },
    tokenTypes: {
      path: 'auth.response.tokenTypes',
      kind: 'words',
      fallback: 'bearer',
    },
    scopePath: { path: 'auth.response.scope', kind: 'text' },
    errorPath: { path: 'auth.response.error', kind: 'text' },
    successPath: {
      path: 'auth.response.success.path',
      kind: 'text',
      help: true,
    },
    successEquals: { path: 'auth.response.success.equals', kind: 'literal' },
    responseKeep: { path: 'auth.response.keep', kind: 'words', help: true },
    responseKeepHosts: {
      path: 'auth.response.keepHosts',
      kind: 'json',
      help: true,
    },
  },
  handOut: {
    headerName: {
      path: 'auth.header.name',
      kind: 'text',
      fallback: 'Authorization',
      help: true,
    },
    headerPrefix: {
      path: 'auth.header.prefix',
      kind: 'text',
      fallback: 'Bearer',
      help: true,
    },
  },
} as const satisfies Fields;
