import { ClientAuthenticationDescriptor } from './ClientAuthenticationDescriptor';

/** A client certificate (RFC 8705 section 2). One that is self-signed is sent in the same way. */
export const tlsClientAuth = {
  credential: 'certificate',
  sendsSecretAlone: false,
  setsHeader: false,
  required: {
    'clientCertificate.certificate': 'Client certificate',
    'clientCertificate.key': 'Key of the client certificate',
  },
  // Its secrets belong to the datasource, because the API can want the certificate, too.
  secrets: [],
  valueMaps: [],
  binding: [],
  reserved: ['client_id'],
} as const satisfies ClientAuthenticationDescriptor;
