import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** Basic, form-encoded (RFC 6749 section 2.3.1). */
export const clientSecretBasic = {
  credential: 'clientSecret',
  // The secret is sent as the user name.
  sendsSecretAlone: true,
  setsHeader: true,
  required: { 'auth.clientSecret': 'Client secret' },
  secrets: ['auth.clientSecret'],
  valueMaps: [],
  binding: [],
  reserved: ['client_id', 'client_secret'],
} as const satisfies ClientAuthenticationDescriptor;
