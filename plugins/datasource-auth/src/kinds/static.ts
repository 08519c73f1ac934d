import { Fields } from './Field';

/** Credentials that the API issued itself. */
export const staticFields = {
  authentication: {
    staticHeaders: {
      path: 'auth.headers',
      kind: 'values',
      ways: ['apiKey'],
      secretRows: true,
      help: true,
    },
    staticQuery: {
      path: 'auth.query',
      kind: 'values',
      ways: ['apiKey'],
      secretRows: true,
      help: true,
    },
    basicUsername: {
      path: 'auth.basic.username',
      kind: 'text',
      ways: ['basic'],
    },
    basicPassword: {
      path: 'auth.basic.password',
      kind: 'secret',
      ways: ['basic'],
    },
    bearer: { path: 'auth.bearer', kind: 'secret', ways: ['bearer'] },
    bearerFile: {
      path: 'auth.bearer.file',
      kind: 'text',
      ways: ['bearer'],
      help: true,
    },
    staticExpiresAt: {
      path: 'auth.expiresAt',
      kind: 'date',
      expiry: true,
      help: true,
    },
  },
} as const satisfies Fields;
