import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** An assertion signed with a private key (RFC 7523 section 2.2). */
export const privateKeyJwt = {
  credential: 'privateKey',
  sendsSecretAlone: false,
  required: { 'auth.clientKey.privateKey': 'Private key' },
  secrets: ['auth.clientKey.privateKey'],
  binding: [
    'auth.clientKey.kid',
    'auth.clientKey.alg',
    'auth.clientKey.audience',
    'auth.clientKey.certificate',
  ],
  reserved: ['client_id', 'client_assertion', 'client_assertion_type'],
} as const satisfies ClientAuthenticationDescriptor;
