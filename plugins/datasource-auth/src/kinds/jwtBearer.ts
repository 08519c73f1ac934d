import { algorithmField, assertionFields, keyFields } from './assertionFields';
import { GrantOnPage } from './Field';

/** A service account with a key: its assertion gets a token, or is the token itself. */
export const jwtBearer = {
  hasRedirectUri: false,
  steps: 'serviceAccount',
  sharedWith: ['jwt'],
  fields: {
    authentication: {
      assertionKey: {
        path: 'auth.assertion.key',
        kind: 'secret',
        multiline: true,
        help: true,
      },
      ...keyFields('assertion', 'auth.assertion'),
      assertionKeyId: { path: 'auth.assertion.kid', kind: 'text', help: true },
      assertionAlgorithm: {
        path: 'auth.assertion.alg',
        ...algorithmField,
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
        omittable: true,
      },
    },
    assertion: assertionFields('assertion', 'auth.assertion'),
  },
} as const satisfies GrantOnPage;
