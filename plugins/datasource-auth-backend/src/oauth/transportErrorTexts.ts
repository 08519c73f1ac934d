import { diagnosisTexts } from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { ResponseFacts } from './ResponseFacts';
import { DiagnosisCode } from './diagnosisCodes';
import { ErrorText } from './ErrorText';

/** Texts for a connection failure, with a code of this plugin. */
export interface TransportError extends ErrorText {
  code: DiagnosisCode;
}

/** Explains why a destination isn't allowed and what to change. */
export type Blocked = Pick<EgressBlockedError, 'texts'>;

/** Explains failures of certificates and TLS handshakes by the codes of Node and OpenSSL. */
const TLS =
  /^(DS_EGRESS_TLS_CLOSED|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;
/** OpenSSL's codes for bytes that aren't TLS. */
const NO_TLS =
  /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|DATA_LENGTH_TOO_LONG|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|HTTPS_PROXY_REQUEST))$/;
const CONNECT =
  /^(ECONN|EHOSTUNREACH|ENETUNREACH|EPIPE|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_|HPE_|HTTPParserError)/;

/**
 * Explains a connection failure by the code of the error. The system's messages aren't shown, because they don't say what
 * to do.
 */
export function transportErrorText(
  error: { code: string; blocked?: Blocked },
  facts: Pick<ResponseFacts, 'host' | 'sent'>,
): TransportError | undefined {
  const { code, blocked } = error;
  const { host, sent } = facts;
  if (code === 'DS_EGRESS_START_MISSED') {
    return {
      code: 'start_missed',
      ...diagnosisTexts('startMissed'),
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
      ...diagnosisTexts(sent ? 'responseTimedOut' : 'connectionTimedOut', {
        host,
      }),
      retryable: true,
    };
  }
  if (code === 'DS_EGRESS_ABORTED' || code === 'AbortError') {
    return { code: 'aborted', ...diagnosisTexts('aborted'), retryable: true };
  }
  if (blocked) {
    return {
      code: 'blocked',
      ...diagnosisTexts('blocked'),
      ...blocked.texts,
    };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    const retryable = code === 'EAI_AGAIN';
    return {
      code: 'dns',
      ...diagnosisTexts(retryable ? 'nameServerDown' : 'hostNotFound', {
        host,
      }),
      retryable,
    };
  }
  if (TLS.test(code)) return { code: 'tls', ...tlsText(code, host) };
  if (code === 'DS_EGRESS_TOO_LARGE') {
    return { code: 'too_large', ...diagnosisTexts('responseTooLarge') };
  }
  if (code === 'DS_EGRESS_UNREADABLE') {
    return { code: 'bad_response', ...diagnosisTexts('responseUnreadable') };
  }
  if (CONNECT.test(code)) {
    return {
      code: 'connect',
      ...diagnosisTexts(sent ? 'connectionLost' : 'connectionFailed', { host }),
      retryable: true,
    };
  }
  return undefined;
}

function tlsText(code: string, host: string): ErrorText {
  if (NO_TLS.test(code)) return diagnosisTexts('tlsNotSpoken', { host });
  if (code === 'DS_EGRESS_TLS_CLOSED')
    return diagnosisTexts('tlsClosed', { host });
  // Not about the server's certificate, but protocol versions, ciphers or client certificates.
  if (/^ERR_SSL_/.test(code)) {
    return diagnosisTexts('tlsHandshakeFailed', {
      host,
      code: code.slice(0, 60),
    });
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return diagnosisTexts('certificateHost', { host });
  return diagnosisTexts(
    code === 'CERT_HAS_EXPIRED'
      ? 'serverCertificateExpired'
      : 'certificateUntrusted',
    { host },
  );
}
