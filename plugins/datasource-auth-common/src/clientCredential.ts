import { ClientAuthentication } from './authSettings';

/**
 * What a client proves its identity with. `none` is a public client, which has nothing.
 *
 * @public
 */
export type ClientCredential =
  | 'clientSecret'
  | 'privateKey'
  | 'certificate'
  | 'none';

const CREDENTIALS: Record<ClientAuthentication, ClientCredential> = {
  client_secret_basic: 'clientSecret',
  client_secret_basic_raw: 'clientSecret',
  client_secret_post: 'clientSecret',
  private_key_jwt: 'privateKey',
  none: 'none',
};

/**
 * Returns what the client of these settings has, so that no text asks for something else. A private key with a
 * certificate counts as a certificate: that is what the provider knows, and what expires.
 *
 * @public
 */
export function clientCredentialOf(auth: {
  clientAuthentication: ClientAuthentication;
  clientKey?: { certificate?: string };
}): ClientCredential {
  const credential = CREDENTIALS[auth.clientAuthentication];
  return credential === 'privateKey' && auth.clientKey?.certificate
    ? 'certificate'
    : credential;
}
