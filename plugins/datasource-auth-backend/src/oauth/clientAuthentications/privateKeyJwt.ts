import { HMAC_KEY_BYTES } from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from '../../settings/SettingsError';
import { clientAssertion } from './clientAssertion';
import { ClientAuthentication } from './ClientAuthentication';

/** `private_key_jwt` (RFC 7523 section 2.2, OpenID Connect Core section 9). */
export const privateKeyJwt: ClientAuthentication = {
  authenticate: async (auth, endpoint, now, request) => {
    const { clientAssertion: assertion, clientId } = auth;
    if (!(assertion?.key || assertion?.signer) || !clientId) {
      throw new SettingsError('privateKeyMissing');
    }
    if (assertion.alg in HMAC_KEY_BYTES) {
      throw new SettingsError('algorithmNeedsSecret', {
        algorithm: assertion.alg,
      });
    }
    return clientAssertion(assertion, auth, endpoint, now, request);
  },
};
