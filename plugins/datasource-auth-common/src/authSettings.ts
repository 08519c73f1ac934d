import { z } from 'zod';
import { CLIENT_AUTHENTICATION_METHODS } from './clientAuthentications';
import { templateExpressions } from './parameters';
import {
  headerName,
  headersSchema,
  paramsSchema,
  renameSchema,
} from './parameterSettings';
import { plainText } from './plainText';
import { openPathSchema, responseSchema } from './responseSettings';
import { scopeSchema } from './scope';
import { secretSchema } from './settingValues';
import { optionalUrl } from './urlSchema';

/**
 * The three grants of RFC 6749 that yield a credential without a browser holding a token.
 *
 * @public
 */
export const grantTypeSchema = z.enum(
  ['authorization_code', 'client_credentials', 'password'],
  {
    error:
      'Grant type must be authorization_code, client_credentials or password',
  },
);

/**
 * How a credential is obtained.
 *
 * @public
 */
export type GrantType = z.output<typeof grantTypeSchema>;

/**
 * Schema of a client authentication.
 *
 * @public
 */
export const clientAuthenticationSchema = z.enum(CLIENT_AUTHENTICATION_METHODS);

const seconds = (max: number) => z.number().int().min(0).max(max);

const authorizeSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['GET', 'POST']).default('GET'),
  params: paramsSchema.default({}),
  rename: renameSchema.optional(),
  responseType: plainText(100)
    .refine(type => !/token/i.test(type), {
      error:
        'A response type with a token would put it into the browser. Use code.',
    })
    .optional(),
  fragment: z.boolean().optional(),
  rawScope: z.boolean().optional(),
  pushedRequestUrl: optionalUrl,
});

const callbackSchema = z.strictObject({
  codeParam: plainText(100).optional(),
  stateParam: plainText(100).optional(),
  keep: z.array(openPathSchema).max(20).optional(),
});

const tokenSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).default('POST'),
  contentType: z.enum(['form', 'json', 'query']).default('form'),
  params: paramsSchema.default({}),
  query: paramsSchema.optional(),
  headers: headersSchema.default({}),
  rename: renameSchema.optional(),
  grantType: plainText(200).optional(),
});

const refreshSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).optional(),
  params: paramsSchema.optional(),
  mode: z.enum(['refresh_token', 'grant']).optional(),
  /** Replaces `refresh_token` as the grant type; empty sends none. */
  grantType: plainText(200).optional(),
  /** Sends the redirect URI with each renewal, for servers that compare it there, too. */
  redirectUri: z.boolean().optional(),
  /** Sends the configured scopes along, as Entra wants it (RFC 6749 section 6 makes it optional). */
  sendScope: z.boolean().optional(),
  idleEvery: z
    .strictObject({
      days: z.number().min(0).optional(),
      hours: z.number().min(0).optional(),
      minutes: z.number().min(0).optional(),
    })
    .optional(),
});

/**
 * The certificate of a private key, as PEM; its thumbprints name the key in an assertion (RFC 7515 section 4.1.7). A key
 * is refused here: certificates are public and not sealed.
 */
const certificateSchema = z
  .string()
  .trim()
  .max(20_000)
  .regex(
    /^(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)*$/,
    'Enter only certificates in PEM format (BEGIN CERTIFICATE). The private key has a field of its own.',
  );

const resourceSchema = z
  .string()
  .max(2_000)
  .refine(text => templateExpressions(text).length > 0 || URL.canParse(text), {
    error: 'A resource is an absolute URI (RFC 8707)',
  })
  .refine(text => !text.includes('#'), {
    error: 'A resource has no fragment (RFC 8707)',
  });

/**
 * The OAuth 2.0 part of a datasource's settings.
 *
 * @public
 */
export const authSettingsSchema = z.strictObject({
  grantType: grantTypeSchema,
  clientId: plainText(1_000).optional(),
  clientSecret: secretSchema,
  clientSecretExpiresAt: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .optional(),
  clientKey: z
    .strictObject({
      privateKey: secretSchema,
      kid: plainText(500).optional(),
      alg: z
        .enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])
        .default('RS256'),
      /** `aud` of the assertion; default is the issuer, else the endpoint that is called. */
      audience: plainText(2_000).optional(),
      certificate: certificateSchema.optional(),
    })
    .optional(),
  clientAuthentication: clientAuthenticationSchema.default(
    'client_secret_basic',
  ),
  username: plainText(1_000).optional(),
  password: secretSchema,
  issuer: optionalUrl,
  requireIss: z.boolean().optional(),
  authorize: authorizeSchema.prefault({}),
  callback: callbackSchema.optional(),
  redirectUri: z.enum(['shared', 'own']).default('shared'),
  token: tokenSchema.prefault({}),
  refresh: refreshSchema.optional(),
  revoke: z.strictObject({ url: optionalUrl }).optional(),
  scopes: z.array(scopeSchema).max(200).default([]),
  scopeSeparator: z.string().min(1).max(3).default(' '),
  resource: z.array(resourceSchema).max(20).optional(),
  audience: plainText(2_000).optional(),
  pkce: z.enum(['S256', 'off']).default('S256'),
  response: responseSchema.prefault({}),
  defaultLifetimeSeconds: seconds(31_536_000).optional(),
  refreshBeforeExpirySeconds: seconds(86_400).optional(),
  timeouts: z
    .strictObject({
      connectMs: z.number().int().min(100).max(30_000).optional(),
      responseMs: z.number().int().min(100).max(50_000).optional(),
    })
    .optional(),
  rejectedStatuses: z
    .array(z.number().int().min(400).max(599))
    .max(10)
    .default([401]),
  header: z
    .strictObject({
      name: headerName.default('Authorization'),
      prefix: plainText(100).default('Bearer'),
    })
    .prefault({}),
});
