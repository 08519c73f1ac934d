import { DiagnosisMessages } from './DiagnosisMessages';

/** Failures on the way to a provider or an API. */
export const transportDiagnoses = {
  startMissed: {
    title: 'The request started too late',
    cause: "This backend was busy, so the request wasn't sent.",
    remedy: 'Wait: Backstage tries again automatically.',
  },
  responseTimedOut: {
    title: "{{host}} didn't respond in time",
    cause: 'The provider is slow, or its response was lost on the way.',
    remedy:
      'Try again. If it keeps failing, check the address and whether this backend may reach it.',
  },
  connectionTimedOut: {
    title: 'The connection to {{host}} timed out',
    cause: 'A firewall blocks the connection, or the port is wrong.',
    remedy:
      'Try again. If it keeps failing, check the address and whether this backend may reach it.',
  },
  aborted: {
    title: 'The request was canceled',
    cause:
      'The backend is shutting down, or nothing waits for the response anymore.',
    remedy: 'Try again.',
  },
  blocked: {
    title: "Backstage isn't allowed to call this address",
    cause: "The operator's rules don't allow this address.",
    remedy: 'Correct the address, or ask an operator to allow it.',
  },
  hostNotFound: {
    title: 'The host {{host}} was not found',
    cause: "The host name is misspelled, or this backend can't resolve it.",
    remedy: 'Check the spelling of the address.',
  },
  nameServerDown: {
    title: 'The host {{host}} was not found',
    cause: "The name server isn't responding at the moment.",
    remedy: 'Check the spelling of the address, then try again.',
  },
  connectionFailed: {
    title: "Can't connect to {{host}}",
    cause: 'Nothing listens on this port, or a firewall rejects connections.',
    remedy: 'Check scheme, host and port of the address, then try again.',
  },
  connectionLost: {
    title: 'The connection to {{host}} was lost',
    cause:
      'The other side closed it before its response was complete, as servers do that expect https or a client certificate.',
    remedy: 'Check scheme, host and port of the address, then try again.',
  },
  responseTooLarge: {
    title: 'The response is too large',
    cause: 'Token responses are small, so this is something else.',
    remedy: 'Check the address.',
  },
  responseUnreadable: {
    title: "The response can't be read",
    cause: "Its content encoding is unsupported, or it isn't HTTP.",
    remedy: 'Check the URL, and any proxy between Backstage and the provider.',
  },
  tlsNotSpoken: {
    title: 'No secure connection to {{host}}',
    cause: "The port of {{host}} doesn't speak TLS.",
    remedy: 'Check the port of the URL: https is usually 443.',
  },
  tlsClosed: {
    title: 'No secure connection to {{host}}',
    cause:
      "{{host}} closed the connection during the TLS handshake: the port doesn't speak TLS, or a firewall closed it.",
    remedy: 'Check the port of the URL: https is usually 443.',
  },
  tlsHandshakeFailed: {
    title: 'No secure connection to {{host}}',
    cause: 'The TLS handshake failed ({{code}}).',
    remedy:
      'Check the TLS versions and ciphers of the server, and whether it requires a client certificate.',
  },
  certificateHost: {
    title: 'No secure connection to {{host}}',
    cause: 'The certificate belongs to another host.',
    remedy: 'Check the spelling of the host name.',
  },
  serverCertificateExpired: {
    title: 'No secure connection to {{host}}',
    cause: 'The certificate of the server has expired.',
    remedy: 'Ask the operator of the server to renew it.',
  },
  certificateUntrusted: {
    title: 'No secure connection to {{host}}',
    cause:
      "The certificate is signed by an authority that this backend doesn't trust.",
    remedy:
      "If it is your own authority, have an operator set datasourceAuth.egress.ca to its certificate. Verification can't be turned off.",
  },
} as const satisfies DiagnosisMessages;
