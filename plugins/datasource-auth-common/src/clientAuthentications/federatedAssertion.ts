import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';
import { privateKeyJwt } from './privateKeyJwt';

/** An assertion that someone else issued, such as Kubernetes, from a file of the backend (RFC 7521 section 4.2). */
export const federatedAssertion = {
  credential: 'file',
  sendsSecretAlone: false,
  setsHeader: false,
  required: { 'auth.clientAssertion.file': 'Client assertion file' },
  secrets: [],
  valueMaps: [],
  binding: ['auth.clientAssertion.file'],
  reserved: privateKeyJwt.reserved,
} as const satisfies ClientAuthenticationDescriptor;
