import { assertionAt } from '../assertions';
import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';
import { privateKeyJwt } from './privateKeyJwt';

const { valueMaps, binding } = assertionAt('auth.clientAssertion');

/** An assertion with an HMAC of the client secret, which is never sent (OpenID Connect Core section 9). */
export const clientSecretJwt = {
  credential: 'clientSecret',
  sendsSecretAlone: false,
  setsHeader: false,
  required: { 'auth.clientSecret': 'Client secret' },
  secrets: ['auth.clientSecret'],
  valueMaps,
  binding,
  reserved: privateKeyJwt.reserved,
} as const satisfies ClientAuthenticationDescriptor;
