import { SettingsError } from '../../settings/SettingsError';
import { signJwt } from '../../signing/signJwt';
import { ClientAuthentication } from './ClientAuthentication';

/**
 * `private_key_jwt` (RFC 7523 section 2.2): an assertion that lives for 60 seconds. Its audience is the configured one,
 * else the issuer, else the endpoint that is called.
 */
export const privateKeyJwt: ClientAuthentication = {
  authenticate: async ({ clientKey, clientId, issuer }, endpoint) => {
    if (!clientKey?.privateKey || !clientId) {
      throw new SettingsError(
        'Client authentication by a signed assertion needs a client id and a private key',
      );
    }
    const { privateKey, audience, ...names } = clientKey;
    const assertion = await signJwt({
      ...names,
      key: privateKey,
      claims: {
        iss: clientId,
        sub: clientId,
        aud: audience || issuer || endpoint,
      },
    });
    return (_server, _client, body) => {
      body.set('client_id', clientId);
      body.set(
        'client_assertion_type',
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      );
      body.set('client_assertion', assertion);
    };
  },
};
