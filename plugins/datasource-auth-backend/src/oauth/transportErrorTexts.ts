import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { ResponseFacts } from './ResponseFacts';
import { DiagnosisCode } from './diagnosisCodes';
import { ErrorText } from './ErrorText';

/** Words for what happened on the way to a provider, under a code of ours. */
export interface TransportError extends ErrorText {
  code: DiagnosisCode;
}

/** Why a destination is not allowed, and what to change. */
export type Blocked = Pick<EgressBlockedError, 'reason' | 'remedy'>;

/** Certificates and the TLS handshake, by the codes of Node and OpenSSL. */
const TLS =
  /^(DS_EGRESS_TLS_CLOSED|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;
/** What OpenSSL makes of bytes that are no TLS. */
const NO_TLS =
  /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|DATA_LENGTH_TOO_LONG|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|HTTPS_PROXY_REQUEST))$/;
const CONNECT =
  /^(ECONN|EHOSTUNREACH|ENETUNREACH|EPIPE|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_|HPE_|HTTPParserError)/;

/**
 * Explains a failure on the way by the code of the error. Messages of the system are not shown: ours say what to do.
 */
export function transportErrorText(
  error: { code: string; blocked?: Blocked },
  facts: ResponseFacts,
): TransportError | undefined {
  const { code, blocked } = error;
  const { host } = facts;
  if (code === 'DS_EGRESS_START_MISSED') {
    return {
      code: 'start_missed',
      title: 'The request was started too late and not sent',
      cause: 'This process was busy or stood still.',
      remedy: 'Nothing was sent. It is tried again by itself.',
      retryable: true,
    };
  }
  if (
    code === 'DS_EGRESS_TIMEOUT' ||
    code === 'ETIMEDOUT' ||
    /^UND_ERR_.*TIMEOUT$/.test(code)
  ) {
    return {
      code: 'timeout',
      title: facts.sent
        ? `${host} did not answer in time`
        : `${host} cannot be reached in time`,
      cause: facts.sent
        ? 'The provider is slow, or something between here and there swallowed its answer.'
        : 'The host does not answer on its port: a firewall, or a wrong port.',
      remedy:
        'Try again. If it stays like this, check the address and whether this backend may reach it.',
      retryable: true,
    };
  }
  if (code === 'DS_EGRESS_ABORTED' || code === 'AbortError') {
    return {
      code: 'aborted',
      title: 'The call was given up',
      cause: 'The backend is shutting down, or nobody waits any more.',
      remedy: 'Try again.',
      retryable: true,
    };
  }
  if (blocked) {
    return {
      code: 'blocked',
      title: 'Backstage may not call this address',
      cause: blocked.reason,
      remedy: blocked.remedy,
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return {
      code: 'dns',
      title: `The name ${host} cannot be found`,
      cause:
        code === 'EAI_AGAIN'
          ? 'The name server does not answer at the moment.'
          : 'The host name is misspelt, or this backend cannot resolve it.',
      remedy: 'Check the spelling of the address.',
      retryable: code === 'EAI_AGAIN',
    };
  }
  if (TLS.test(code)) return { code: 'tls', ...tlsText(code, host) };
  if (code === 'DS_EGRESS_TOO_LARGE') {
    return {
      code: 'too_large',
      title: 'The response is too large',
      cause: 'A token response is small, so this is something else.',
      remedy: 'Check the address.',
    };
  }
  if (code === 'DS_EGRESS_UNREADABLE') {
    return {
      code: 'bad_response',
      title: "The response can't be read",
      cause: "Its content encoding is unsupported, or it isn't HTTP.",
      remedy:
        'Check the URL, and any proxy between Backstage and the provider.',
    };
  }
  if (CONNECT.test(code)) {
    return {
      code: 'connect',
      title: facts.sent
        ? `The connection to ${host} broke off`
        : `No connection to ${host}`,
      cause: facts.sent
        ? 'The other side closed the connection before its answer was whole. A server that expects https or a client certificate does so too.'
        : 'Nobody listens there, or a firewall refuses.',
      remedy: 'Check scheme, host and port of the address, then try again.',
      retryable: true,
    };
  }
  return undefined;
}

function tlsText(code: string, host: string): ErrorText {
  const title = `No secure connection to ${host}`;
  if (NO_TLS.test(code)) {
    return {
      title,
      cause: `The port of ${host} does not speak TLS.`,
      remedy: 'Check the port of the URL: https is usually 443.',
    };
  }
  if (code === 'DS_EGRESS_TLS_CLOSED') {
    return {
      title,
      cause: `${host} closed the connection during the TLS handshake. The port probably does not speak TLS, or a firewall closed it.`,
      remedy: 'Check the port of the URL: https is usually 443.',
    };
  }
  // What is no matter of certificates is one of protocol versions, ciphers or client certificates.
  if (/^ERR_SSL_/.test(code)) {
    return {
      title,
      cause: `The TLS handshake failed (${code.slice(0, 60)}).`,
      remedy:
        'Check the TLS versions and ciphers of the server, and whether it demands a client certificate.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      title,
      cause: 'The certificate belongs to another host.',
      remedy: 'Check the spelling of the host name.',
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return {
      title,
      cause: 'The certificate of the server has expired.',
      remedy: 'Ask those who run the server to renew it.',
    };
  }
  return {
    title,
    cause:
      'The certificate is signed by an authority that this backend does not trust.',
    remedy:
      'If it is your own authority, have an operator set datasourceAuth.egress.ca to its certificate. Verification cannot be switched off.',
  };
}
