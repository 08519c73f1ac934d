import { GrantType } from 'backstage-plugin-datasource-auth-common';
import { authorizationCode } from './authorizationCode';
import { clientCredentials } from './clientCredentials';
import { GrantOnPage } from './Field';
import { password } from './password';

/** What the page has for each grant. A new one is a file here and a line in this record. */
export const GRANTS_ON_PAGE = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  password,
} as const satisfies Record<GrantType, GrantOnPage>;
