import { SettingsError } from '../../settings/SettingsError';
import { ClientAuthentication } from './ClientAuthentication';

/**
 * `client_secret_post` (RFC 6749 section 2.3.1): ID and secret are parameters of the body.
 */
export const clientSecretPost: ClientAuthentication = {
  authenticate: ({ clientId, clientSecret }) => {
    if (!clientSecret) {
      throw new SettingsError('bodySecretMissing');
    }
    return (_server, _client, body) => {
      if (clientId) body.set('client_id', clientId);
      body.set('client_secret', clientSecret);
    };
  },
  alternative: () => 'client_secret_basic',
};
