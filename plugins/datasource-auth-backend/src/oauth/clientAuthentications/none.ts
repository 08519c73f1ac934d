import { ClientAuthentication } from './ClientAuthentication';

/**
 * A public client (RFC 6749 section 2.1): it only sends its ID.
 */
export const none: ClientAuthentication = {
  authenticate:
    ({ clientId }) =>
    (_server, _client, body) => {
      if (clientId) body.set('client_id', clientId);
    },
};
