import { OwnRequestForm } from './credentialTemplates';
import { GRANTS, GrantType } from './grants';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';

/**
 * The settings that decide whether a client needs an ID.
 *
 * @public
 */
export interface ClientSettings {
  /** The grant type. */
  grantType: GrantType;
  /** How the client authenticates. */
  clientAuthentication: ClientAuthenticationMethod;
  /** Empty if left out on purpose. */
  clientId?: string;
  /** How the client authenticates in a refresh, if that differs. */
  refresh?: {
    clientAuthentication?: ClientAuthenticationMethod;
    body?: unknown;
  };
  /** What the token request has of its own. */
  token?: OwnRequestForm['token'];
}

/**
 * Returns whether a client can have a secret and no ID, as API keys do. The secret is then the user name of the Basic
 * header, and the password is empty.
 *
 * @public
 */
export function mayOmitClientId(
  auth: Pick<ClientSettings, 'grantType' | 'clientAuthentication'>,
): boolean {
  return (
    CLIENT_AUTHENTICATIONS[auth.clientAuthentication].sendsSecretAlone &&
    GRANTS[auth.grantType].clientId !== 'required'
  );
}

/**
 * Returns whether the client ID is left out on purpose, which an empty string means. An absent client ID counts as
 * missing, so that forgetting it doesn't send the secret in another place.
 *
 * @public
 */
export function omitsClientId(auth: ClientSettings): boolean {
  return auth.clientId === '' && mayOmitClientId(auth);
}
