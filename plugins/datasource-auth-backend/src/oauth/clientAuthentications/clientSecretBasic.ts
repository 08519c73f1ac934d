import { basicCredentials, basicHeader } from './basicCredentials';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { ClientAuthentication } from './ClientAuthentication';

/** Characters that form-encoding never changes (RFC 3986 section 2.3). */
const UNRESERVED = /^[A-Za-z0-9._~-]*$/;

/**
 * `client_secret_basic` (RFC 6749 section 2.3.1): both parts are form-encoded. Unreserved characters are sent as they are:
 * the RFC's appendix allows encoding `-` and `_`, but servers that don't decode would reject it.
 */
export const clientSecretBasic: ClientAuthentication = {
  authenticate: auth => {
    const [user, password] = basicCredentials(auth);
    const encode = isEncoded(auth) ? formEncode : (text: string) => text;
    return (_server, _client, _body, headers) => {
      headers.set('authorization', basicHeader(encode(user), encode(password)));
    };
  },
  // A challenge means that the server read the header. Servers differ only in the encoding.
  alternative: (auth, { basicChallenge }) =>
    basicChallenge && isEncoded(auth)
      ? 'client_secret_basic_raw'
      : 'client_secret_post',
};

/** Returns whether form-encoding changes the ID or the secret. */
export function isEncoded(auth: ResolvedAuth): boolean {
  return basicCredentials(auth).some(part => !UNRESERVED.test(part));
}

/** RFC 6749 appendix B. */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
