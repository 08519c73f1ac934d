import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** ID and secret in the body (RFC 6749 section 2.3.1). */
export const clientSecretPost: ClientAuthenticationDescriptor = {
  credential: 'clientSecret',
  sendsSecretAlone: false,
  required: ['auth.clientSecret'],
  secrets: ['auth.clientSecret'],
  binding: [],
  reserved: ['client_id', 'client_secret'],
};
