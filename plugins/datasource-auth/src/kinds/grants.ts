import {
  GrantOrKind,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { authorizationCode } from './authorizationCode';
import { clientCredentials } from './clientCredentials';
import { GrantOnPage } from './Field';
import { jwtBearer } from './jwtBearer';
import { password } from './password';

/** One entry for each grant. */
const PAGES = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  jwt_bearer: jwtBearer,
  password,
} as const satisfies Record<GrantType, GrantOnPage>;

/** Fields that only one grant has. */
export type GrantFields = (typeof PAGES)[GrantType]['fields'];

/** What the page defines for each grant. To add one, create a file here and add a line above. */
export const GRANTS_ON_PAGE: Readonly<Record<GrantType, GrantOnPage>> = PAGES;

/** Whether the provider redirects the browser back. Only OAuth 2.0 has a provider. */
export function hasRedirectUri(way: GrantOrKind): boolean {
  return (
    Object.hasOwn(PAGES, way) && GRANTS_ON_PAGE[way as GrantType].hasRedirectUri
  );
}

/** The grant of a new form. */
export const DEFAULT_GRANT_TYPE: GrantType = 'authorization_code';
