import { basicCredentials, basicHeader } from './basicCredentials';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { ClientAuthentication } from './ClientAuthentication';

/** RFC 3986 section 2.3: what form-encoding never needs to touch. */
const UNRESERVED = /^[A-Za-z0-9._~-]*$/;

/**
 * `client_secret_basic` (RFC 6749 section 2.3.1): both parts are form-encoded. Where both consist of unreserved
 * characters they are sent as they are, because encoding `-` and `_`, which the RFC's appendix allows, is not understood
 * by servers that do not decode.
 */
export const clientSecretBasic: ClientAuthentication = {
  authenticate: auth => {
    const [user, password] = basicCredentials(auth);
    const encode = isEncoded(auth) ? formEncode : (text: string) => text;
    return (_server, _client, _body, headers) => {
      headers.set('authorization', basicHeader(encode(user), encode(password)));
    };
  },
  // A challenge says that the header was read: then it is the encoding on which servers differ.
  alternative: (auth, { basicChallenge }) =>
    basicChallenge && isEncoded(auth)
      ? 'client_secret_basic_raw'
      : 'client_secret_post',
};

/** Whether id and secret look different with form-encoding and without. */
export function isEncoded(auth: ResolvedAuth): boolean {
  return basicCredentials(auth).some(part => !UNRESERVED.test(part));
}

/** RFC 6749 appendix B. */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
