import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationDescriptor,
  ClientAuthenticationMethod,
} from './clientAuthentications';

/**
 * How a client proves its identity. `none` is a public client.
 *
 * @public
 */
export type ClientCredential = ClientAuthenticationDescriptor['credential'];

/**
 * Returns the kind of credential that the client has, so that texts ask for the right one. A private key with a
 * certificate counts as a certificate: the provider knows the certificate, and the certificate expires.
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
