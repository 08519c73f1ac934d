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
  /** The grant. */
  grantType: GrantType;
  /** How the client authenticates. */
  clientAuthentication: ClientAuthenticationMethod;
  /** Empty where there is none on purpose. */
  clientId?: string;
  /** How the client authenticates in a refresh, if that differs. */
  refresh?: { clientAuthentication?: ClientAuthenticationMethod };
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
 * Returns whether settings leave the client ID out on purpose: it is the empty text. An absent client ID is a missing
 * one, so that a forgotten ID doesn't send the secret in another place.
 *
 * @public
 */
export function omitsClientId(auth: ClientSettings): boolean {
  return auth.clientId === '' && mayOmitClientId(auth);
}
