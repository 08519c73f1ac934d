import { Fields } from './Field';

/** The client certificate, which providers and APIs can require, whichever way the API authenticates. */
export const certificateFields = {
  certificate: {
    clientCertificate: {
      path: 'clientCertificate.certificate',
      kind: 'long',
      help: true,
    },
    clientCertificateKey: {
      path: 'clientCertificate.key',
      kind: 'secret',
      multiline: true,
      help: true,
    },
    clientCertificatePassphrase: {
      path: 'clientCertificate.passphrase',
      kind: 'secret',
      help: true,
    },
  },
} as const satisfies Fields;
