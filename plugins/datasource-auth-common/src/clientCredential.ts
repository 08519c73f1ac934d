import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationDescriptor,
  ClientAuthenticationMethod,
} from './clientAuthentications';

/**
 * What a client proves its identity with. `none` is a public client, which has nothing.
 *
 * @public
 */
export type ClientCredential =
  | ClientAuthenticationDescriptor['credential']
  | 'certificate';

/**
 * Returns what the client of these settings has, so that no text asks for something else. A private key with a
 * certificate counts as a certificate: that is what the provider knows, and what expires.
 *
 * @public
 */
export function clientCredentialOf(auth: {
  clientAuthentication: ClientAuthenticationMethod;
  clientAssertion?: { certificate?: string };
}): ClientCredential {
  const { credential } = CLIENT_AUTHENTICATIONS[auth.clientAuthentication];
  return credential === 'privateKey' && auth.clientAssertion?.certificate
    ? 'certificate'
    : credential;
}

/**
 * Returns the client authentications of all requests: the one of the token request first, then that of a refresh.
 *
 * @public
 */
export function clientAuthenticationsOf(auth: {
  clientAuthentication: ClientAuthenticationMethod;
  refresh?: { clientAuthentication?: ClientAuthenticationMethod };
}): ClientAuthenticationMethod[] {
  const { clientAuthentication, refresh } = auth;
  const all = [
    clientAuthentication,
    refresh?.clientAuthentication || clientAuthentication,
  ];
  return [...new Set(all)];
}
