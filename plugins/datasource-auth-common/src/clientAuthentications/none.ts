import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** A public client (RFC 6749 section 2.1). */
export const none = {
  credential: 'none',
  sendsSecretAlone: false,
  setsHeader: false,
  required: {},
  secrets: [],
  valueMaps: [],
  binding: [],
  reserved: ['client_id'],
} as const satisfies ClientAuthenticationDescriptor;
