import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** ID and secret in the body (RFC 6749 section 2.3.1). */
export const clientSecretPost = {
  credential: 'clientSecret',
  sendsSecretAlone: false,
  setsHeader: false,
  required: { 'auth.clientSecret': 'Client secret' },
  secrets: ['auth.clientSecret'],
  valueMaps: [],
  binding: [],
  reserved: ['client_id', 'client_secret'],
} as const satisfies ClientAuthenticationDescriptor;
