import {
  DiagnosisTexts,
  Message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';

/**
 * Codes of calls that the egress rules block or end. Every other code is the operating system's, OpenSSL's or undici's
 * (`ENOTFOUND`, `ECONNRESET`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`…).
 *
 * @public
 */
export type EgressCode =
  | 'DS_EGRESS_BLOCKED'
  | 'DS_EGRESS_TIMEOUT'
  | 'DS_EGRESS_TOO_LARGE'
  | 'DS_EGRESS_START_MISSED'
  | 'DS_EGRESS_ABORTED'
  | 'DS_EGRESS_TLS_CLOSED'
  | 'DS_EGRESS_UNREADABLE';

/**
 * A call without a complete response. It carries no cause, header, body or query.
 *
 * @public
 */
export class EgressError extends Error {
  /** The name of the class. */
  readonly name: string = 'EgressError';
  /** An {@link EgressCode}, or the code of the underlying failure. */
  readonly code: string;
  /** Whether part of the request may have reached the other side. If not, the call can simply be repeated. */
  readonly sent: boolean;

  constructor(message: string, options: { code: string; sent: boolean }) {
    super(message);
    this.code = options.code;
    this.sent = options.sent;
  }
}

/**
 * The destination isn't allowed. The message says why, and what to change.
 *
 * @public
 */
export class EgressBlockedError extends EgressError {
  /** The name of the class. */
  readonly name = 'EgressBlockedError';
  /** Why the destination isn't allowed, and what to change. The message is both in English. */
  readonly texts: Pick<DiagnosisTexts, 'cause' | 'remedy'>;

  constructor(cause: Message[], remedy: Message[]) {
    super(renderMessages([...cause, ...remedy]), {
      code: 'DS_EGRESS_BLOCKED',
      sent: false,
    });
    this.texts = { cause, remedy };
  }
}
