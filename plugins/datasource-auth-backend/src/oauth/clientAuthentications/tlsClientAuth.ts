import { readClientCertificate } from '../../settings/clientCertificate';
import { SettingsError } from '../../settings/SettingsError';
import { ClientAuthentication } from './ClientAuthentication';

/**
 * `tls_client_auth` and `self_signed_tls_client_auth` (RFC 8705 section 2): the connection has the certificate, and the
 * body always has the client ID.
 */
export const tlsClientAuth: ClientAuthentication = {
  authenticate: ({ clientId }) => {
    if (!clientId) throw new SettingsError('clientIdMissing');
    return (_server, _client, body) => {
      body.set('client_id', clientId);
    };
  },
  tls: ({ clientCertificate }) => readClientCertificate(clientCertificate),
};
