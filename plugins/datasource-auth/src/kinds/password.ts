import { GrantOnPage } from './Field';

/** A user's name and password are stored. */
export const password = {
  hasRedirectUri: false,
  steps: 'application',
  warning: 'editor.passwordWarning',
  fields: {
    authentication: {
      username: { path: 'auth.username', kind: 'text' },
      password: { path: 'auth.password', kind: 'secret' },
    },
  },
} as const satisfies GrantOnPage;
