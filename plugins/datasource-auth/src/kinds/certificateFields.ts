import { SENDER_CONSTRAINTS } from 'backstage-plugin-datasource-auth-common';
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

/** What tokens that a provider issues are bound to. */
export const senderConstraintFields = {
  clientAuthentication: {
    senderConstraint: {
      path: 'senderConstraint',
      kind: 'choice',
      options: SENDER_CONSTRAINTS,
      fallback: 'none',
      help: true,
    },
  },
} as const satisfies Fields;
