import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';
import { clientSecretBasic } from './clientSecretBasic';
import { clientSecretBasicRaw } from './clientSecretBasicRaw';
import { clientSecretJwt } from './clientSecretJwt';
import { clientSecretPost } from './clientSecretPost';
import { federatedAssertion } from './federatedAssertion';
import { none } from './none';
import { privateKeyJwt } from './privateKeyJwt';
import { tlsClientAuth } from './tlsClientAuth';

export type { ClientAuthenticationDescriptor };

const DESCRIPTORS = {
  client_secret_basic: clientSecretBasic,
  client_secret_basic_raw: clientSecretBasicRaw,
  client_secret_post: clientSecretPost,
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
  tls_client_auth: tlsClientAuth,
  federated_assertion: federatedAssertion,
  none,
};

/**
 * How the client authenticates at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2, RFC 8705 section 2).
 *
 * @public
 */
export type ClientAuthenticationMethod =
  | 'client_secret_basic'
  | 'client_secret_basic_raw'
  | 'client_secret_post'
  | 'client_secret_jwt'
  | 'private_key_jwt'
  | 'tls_client_auth'
  | 'federated_assertion'
  | 'none';

/** Paths of the settings that client authentication methods require. */
export type ClientAuthenticationSetting = {
  [M in ClientAuthenticationMethod]: keyof (typeof DESCRIPTORS)[M]['required'];
}[ClientAuthenticationMethod];

/**
 * The client authentication methods by their name in the settings.
 *
 * @public
 */
export const CLIENT_AUTHENTICATIONS: Readonly<
  Record<ClientAuthenticationMethod, ClientAuthenticationDescriptor>
> = DESCRIPTORS;

/**
 * Names of all client authentication methods, in display order.
 *
 * @public
 */
export const CLIENT_AUTHENTICATION_METHODS = Object.keys(DESCRIPTORS) as [
  ClientAuthenticationMethod,
  ...ClientAuthenticationMethod[],
];

/**
 * Merges one list of all descriptors, without duplicates.
 *
 * @public
 */
export function ofClientAuthentications(
  list: 'secrets' | 'valueMaps' | 'binding' | 'reserved',
): string[] {
  const all = Object.values(CLIENT_AUTHENTICATIONS);
  return [...new Set(all.flatMap(descriptor => descriptor[list]))];
}
