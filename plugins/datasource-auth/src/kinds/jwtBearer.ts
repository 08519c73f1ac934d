import { GrantOnPage } from './Field';

/** A service account with a key. */
export const jwtBearer = {
  hasRedirectUri: false,
  fields: {
    authentication: {
      assertionKey: {
        path: 'auth.assertion.key',
        kind: 'secret',
        multiline: true,
        help: true,
      },
      assertionKeyId: { path: 'auth.assertion.kid', kind: 'text' },
      assertionAlgorithm: {
        path: 'auth.assertion.alg',
        kind: 'choice',
        options: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'],
        fallback: 'RS256',
      },
      assertionIssuer: {
        path: 'auth.assertion.issuer',
        kind: 'text',
        help: true,
      },
      assertionSubject: {
        path: 'auth.assertion.subject',
        kind: 'text',
        help: true,
      },
      assertionAudience: {
        path: 'auth.assertion.audience',
        kind: 'text',
        help: true,
      },
    },
  },
} as const satisfies GrantOnPage;
