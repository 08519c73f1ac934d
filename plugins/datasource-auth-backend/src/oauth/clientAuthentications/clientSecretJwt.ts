import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from '../../settings/SettingsError';
import { clientAssertion } from './clientAssertion';
import { ClientAuthentication } from './ClientAuthentication';

/** `client_secret_jwt` (OpenID Connect Core section 9): the client secret is the key of an HMAC and is never sent. */
export const clientSecretJwt: ClientAuthentication = {
  authenticate: async (auth, endpoint, now, request) => {
    const { clientAssertion: assertion, clientSecret, clientId } = auth;
    if (!clientSecret || !clientId) {
      throw new SettingsError('jwtSecretMissing');
    }
    const isHmac = assertion && assertion.alg in HMAC_KEY_BYTES;
    return clientAssertion(
      {
        ...assertion,
        alg: isHmac ? assertion.alg : 'HS256',
        key: clientSecret,
        certificate: undefined,
        signer: undefined,
      },
      auth,
      endpoint,
      now,
      request,
    );
  },
};
