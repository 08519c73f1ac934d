import { z } from 'zod';
import { CLIENT_AUTHENTICATION_METHODS } from '../clientAuthentications';
import {
  headersSchema,
  paramsSchema,
  renameSchema,
} from '../parameterSettings';
import { plainText } from '../plainText';
import { requestBodySchema } from '../requestBody';
import { scopeSchema } from '../scope';
import { keySchema, valueSchema } from '../settingValues';
import { optionalUrl } from '../urlSchema';
import { addFault, fault } from '../faults';

/**
 * Schema of a client authentication.
 *
 * @public
 */
export const clientAuthenticationSchema = z.enum(CLIENT_AUTHENTICATION_METHODS);

const contentTypeSchema = z.enum(['form', 'json', 'query']);

/** A further request with fields of the first response. Its own response has the token. */
const thenSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).default('POST'),
  contentType: contentTypeSchema.default('form'),
  params: z.record(keySchema, valueSchema).default({}),
  query: z.record(keySchema, valueSchema).optional(),
  headers: headersSchema.default({}),
  authorization: plainText(4_000).min(1).optional(),
  body: requestBodySchema.optional(),
});

/** The token request. */
export const tokenSchema = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).default('POST'),
  contentType: contentTypeSchema.default('form'),
  params: paramsSchema.default({}),
  query: paramsSchema.optional(),
  headers: headersSchema.default({}),
  rename: renameSchema.optional(),
  grantType: plainText(200).optional(),
  /** JSON that is sent in place of all parameters. */
  body: requestBodySchema.optional(),
  then: thenSchema.optional(),
  /** The `Authorization` header, for schemes other than Basic. */
  authorization: plainText(4_000).min(1).optional(),
  /** Basic with other values than the client's ID and secret (RFC 7617). */
  basic: z
    .strictObject({
      username: plainText(2_000).optional(),
      password: plainText(2_000).optional(),
    })
    .optional(),
});

const refreshObject = z.strictObject({
  url: optionalUrl,
  method: z.enum(['POST', 'GET']).optional(),
  contentType: contentTypeSchema.optional(),
  clientAuthentication: clientAuthenticationSchema.optional(),
  params: paramsSchema.optional(),
  /** JSON that is sent in place of all parameters. */
  body: requestBodySchema.optional(),
  mode: z.enum(['refresh_token', 'grant']).optional(),
  /** Replaces `refresh_token` as the grant type; an empty string omits it. */
  grantType: plainText(200).optional(),
  /** Sends the redirect URI with each refresh, for servers that compare it. */
  redirectUri: z.boolean().optional(),
  /** Sends the configured scopes, which Entra requires (optional in RFC 6749 section 6). */
  sendScope: z.boolean().optional(),
  /** Scopes to send instead of the configured ones. */
  scopes: z.array(scopeSchema).min(1).max(200).optional(),
  then: thenSchema.optional(),
  /** Prolongs the access token, which stays the same. */
  keepsAccessToken: z.boolean().optional(),
  idleEvery: z
    .strictObject({
      days: z.number().min(0).optional(),
      hours: z.number().min(0).optional(),
      minutes: z.number().min(0).optional(),
    })
    .optional(),
});

/** How a refresh request differs from the token request. */
export const refreshSchema = refreshObject.superRefine((refresh, ctx) => {
  if (!refresh.keepsAccessToken || refresh.mode !== 'grant') return;
  addFault(ctx, fault('fault.keptTokenWithGrant'), {
    path: ['keepsAccessToken'],
  });
});
