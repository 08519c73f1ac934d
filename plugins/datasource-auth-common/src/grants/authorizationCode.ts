import { z } from 'zod';
import { plainText } from '../plainText';
import { openPathSchema } from '../responseSettings';
import { optionalUrl } from '../urlSchema';
import { GrantDefinition, ParameterSchemas } from './GrantDescriptor';
import { FAULTS } from '../faults';

/** A person approves in a browser (RFC 6749 section 4.1, with PKCE, RFC 7636). */
export const authorizationCode = {
  name: 'authorization code',
  approval: 'person',
  renewal: 'refresh_token',
  issuesRefreshTokens: true,
  // The authorize request requires a client ID.
  clientId: 'required',
  clientAuthentication: 'client_secret_basic',
  required: {
    'auth.authorize.url': 'Authorize URL',
    'auth.token.url': 'Token URL',
  },
  secrets: [],
  valueMaps: ['auth.authorize.params'],
  binding: ['auth.authorize.url', 'auth.authorize.pushedRequestUrl'],
  endpoints: ['auth.authorize.url', 'auth.authorize.pushedRequestUrl'],
  templates: {
    'auth.authorize.url': 'open',
    'auth.authorize.params.*': 'open',
    'auth.authorize.pushedRequestUrl': 'backend',
  },
  reserved: [
    'redirect_uri',
    'response_type',
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_challenge_method',
    'code_verifier',
    'dpop_jkt',
    'request',
    'request_uri',
  ],
  undroppable: [
    'state',
    'nonce',
    'code',
    'code_challenge',
    'code_challenge_method',
    'code_verifier',
  ],
  personal: [],
  openApiFlows: ['authorizationCode', 'accessCode'],
  members: ({ params, rename }: ParameterSchemas) => ({
    authorize: z
      .strictObject({
        url: optionalUrl,
        method: z.enum(['GET', 'POST']).default('GET'),
        params: params.default({}),
        rename: rename.optional(),
        responseType: plainText(100)
          .refine(type => !/token/i.test(type), {
            error: FAULTS.responseType,
          })
          .optional(),
        fragment: z.boolean().optional(),
        rawScope: z.boolean().optional(),
        pushedRequestUrl: optionalUrl,
      })
      .prefault({}),
    callback: z
      .strictObject({
        codeParam: plainText(100).optional(),
        stateParam: plainText(100).optional(),
        keep: z.array(openPathSchema).max(20).optional(),
      })
      .optional(),
    requireIss: z.boolean().optional(),
    redirectUri: z.enum(['shared', 'own']).default('shared'),
    pkce: z.enum(['S256', 'off']).default('S256'),
  }),
} as const satisfies GrantDefinition;
