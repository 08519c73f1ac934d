import { KIND_NAMES } from 'backstage-plugin-datasource-auth-common';
import { Fields } from './Field';

/** The field that selects the kind of credential. */
export const kindFields = {
  authentication: {
    authType: {
      path: 'auth.type',
      kind: 'choice',
      options: KIND_NAMES,
      fallback: 'oauth2',
    },
  },
} as const satisfies Fields;

/** Fields of every kind that sends a credential. */
export const sentFields = {
  handOut: {
    rejectedStatuses: {
      path: 'auth.rejectedStatuses',
      kind: 'numbers',
      fallback: '401',
      help: true,
    },
  },
} as const satisfies Fields;
