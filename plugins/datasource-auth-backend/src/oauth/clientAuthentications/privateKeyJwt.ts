import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from '../../settings/SettingsError';
import { clientAssertion } from './clientAssertion';
import { ClientAuthentication } from './ClientAuthentication';

/** `private_key_jwt` (RFC 7523 section 2.2, OpenID Connect Core section 9). */
export const privateKeyJwt: ClientAuthentication = {
  authenticate: async (auth, endpoint, now) => {
    const { clientAssertion: assertion, clientId } = auth;
    if (!assertion?.key || !clientId) {
      throw new SettingsError(
        'Client authentication by a signed assertion needs a client ID and a private key',
      );
    }
    if (assertion.alg in HMAC_KEY_BYTES) {
      throw new SettingsError(
        `${assertion.alg} needs no private key. Choose an algorithm such as RS256, or the client authentication client_secret_jwt.`,
      );
    }
    return clientAssertion(assertion, auth, endpoint, now);
  },
};
