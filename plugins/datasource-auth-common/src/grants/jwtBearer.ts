import { z } from 'zod';
import { plainText } from '../plainText';
import { secretSchema } from '../settingValues';
import { GrantDescriptor } from './GrantDescriptor';

/** An assertion that Backstage signs (RFC 7523 section 2.1), as service accounts use it. */
export const jwtBearer = {
  name: 'JWT bearer',
  approval: 'none',
  renewal: 'grant',
  // RFC 7521 section 4.1: a new assertion replaces a refresh token.
  issuesRefreshTokens: false,
  clientId: 'optional',
  clientAuthentication: 'none',
  required: {
    'auth.token.url': 'Token URL',
    'auth.assertion.key': 'Assertion key',
    'auth.assertion.issuer': 'Assertion issuer',
  },
  secrets: ['auth.assertion.key'],
  binding: [
    'auth.assertion.alg',
    'auth.assertion.kid',
    'auth.assertion.issuer',
    'auth.assertion.subject',
    'auth.assertion.audience',
  ],
  endpoints: [],
  templates: {
    'auth.assertion.kid': 'backend',
    'auth.assertion.issuer': 'backend',
    'auth.assertion.subject': 'backend',
    'auth.assertion.audience': 'backend',
  },
  reserved: ['assertion'],
  undroppable: ['assertion'],
  personal: ['assertion'],
  openApiFlows: [],
  members: () => ({
    assertion: z
      .strictObject({
        key: secretSchema,
        alg: z
          .enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])
          .default('RS256'),
        kid: plainText(500).optional(),
        issuer: plainText(1_000).optional(),
        subject: plainText(1_000).optional(),
        /** Default is the token URL. */
        audience: plainText(2_000).optional(),
      })
      .optional(),
  }),
} as const satisfies GrantDescriptor;
