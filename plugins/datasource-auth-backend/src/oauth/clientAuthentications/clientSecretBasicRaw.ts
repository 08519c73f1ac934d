import { basicCredentials, basicHeader } from './basicCredentials';
import { ClientAuthentication } from './ClientAuthentication';
import { isEncoded } from './clientSecretBasic';

/**
 * Basic without the form-encoding of RFC 6749 section 2.3.1, for the many servers that don't decode.
 */
export const clientSecretBasicRaw: ClientAuthentication = {
  authenticate: auth => {
    const [user, password] = basicCredentials(auth);
    return (_server, _client, _body, headers) => {
      headers.set('authorization', basicHeader(user, password));
    };
  },
  alternative: (auth, { basicChallenge }) =>
    basicChallenge && isEncoded(auth)
      ? 'client_secret_basic'
      : 'client_secret_post',
};
