import { assertionAt } from '../assertions';
import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

const { secrets, valueMaps, binding } = assertionAt('auth.clientAssertion');

/** An assertion signed with a private key (RFC 7523 section 2.2). */
export const privateKeyJwt = {
  credential: 'privateKey',
  sendsSecretAlone: false,
  setsHeader: false,
  required: { 'auth.clientAssertion.key': 'Private key' },
  secrets,
  valueMaps,
  binding,
  reserved: ['client_id', 'client_assertion', 'client_assertion_type'],
} as const satisfies ClientAuthenticationDescriptor;
