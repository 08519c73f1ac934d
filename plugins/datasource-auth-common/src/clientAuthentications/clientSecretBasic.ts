import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** Basic, form-encoded (RFC 6749 section 2.3.1). */
export const clientSecretBasic: ClientAuthenticationDescriptor = {
  credential: 'clientSecret',
  // The user name is the place for it.
  sendsSecretAlone: true,
  required: ['auth.clientSecret'],
  secrets: ['auth.clientSecret'],
  binding: [],
  reserved: ['client_id', 'client_secret'],
};
