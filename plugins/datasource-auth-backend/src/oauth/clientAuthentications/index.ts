import { ClientAuthenticationMethod } from 'backstage-plugin-datasource-auth-common';
import { ClientAuthentication } from './ClientAuthentication';
import { clientSecretBasic } from './clientSecretBasic';
import { clientSecretBasicRaw } from './clientSecretBasicRaw';
import { clientSecretJwt } from './clientSecretJwt';
import { clientSecretPost } from './clientSecretPost';
import { federatedAssertion } from './federatedAssertion';
import { none } from './none';
import { privateKeyJwt } from './privateKeyJwt';
import { tlsClientAuth } from './tlsClientAuth';

/** Builds the requests of each client authentication. */
export const CLIENT_AUTHENTICATIONS: Record<
  ClientAuthenticationMethod,
  ClientAuthentication
> = {
  client_secret_basic: clientSecretBasic,
  client_secret_basic_raw: clientSecretBasicRaw,
  client_secret_post: clientSecretPost,
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
  tls_client_auth: tlsClientAuth,
  federated_assertion: federatedAssertion,
  none,
};
