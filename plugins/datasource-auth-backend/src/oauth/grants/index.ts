import { GrantType } from 'backstage-plugin-datasource-auth-common';
import { authorizationCode } from './authorizationCode';
import { clientCredentials } from './clientCredentials';
import { Grant } from './Grant';
import { jwtBearer } from './jwtBearer';
import { password } from './password';

/** The grants by their name in the settings. */
export const GRANT_REQUESTS: Readonly<Record<GrantType, Grant>> = {
  authorization_code: authorizationCode,
  client_credentials: clientCredentials,
  jwt_bearer: jwtBearer,
  password,
};

/** Returns the grant whose token request a step is, or undefined for other steps. */
export function grantOfStep(step: string): Grant | undefined {
  return Object.hasOwn(GRANT_REQUESTS, step)
    ? GRANT_REQUESTS[step as GrantType]
    : undefined;
}
