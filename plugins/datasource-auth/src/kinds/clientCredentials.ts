import { GrantOnPage } from './Field';

/** The client acts as itself: with what all grants share. */
export const clientCredentials = {
  hasRedirectUri: false,
  fields: {},
} as const satisfies GrantOnPage;
