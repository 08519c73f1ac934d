import { GrantOnPage } from './Field';

/** The client acts as itself, with only the shared fields. */
export const clientCredentials = {
  hasRedirectUri: false,
  steps: 'application',
  fields: {},
} as const satisfies GrantOnPage;
