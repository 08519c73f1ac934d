/**
 * Codes of what the egress door itself refuses or ends. Every other code is the operating system's, OpenSSL's or
 * undici's own (`ENOTFOUND`, `ECONNRESET`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`…).
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
 * A call that yielded no whole answer. Made fresh: no cause, no header, no body, no query.
 *
 * @public
 */
export class EgressError extends Error {
  /** The name of the class. */
  readonly name: string = 'EgressError';
  /** An {@link EgressCode}, or the code of the failure underneath. */
  readonly code: string;
  /** Whether a byte of the request may have reached the other side: if not, the call can simply be made again. */
  readonly sent: boolean;

  constructor(message: string, options: { code: string; sent: boolean }) {
    super(message);
    this.code = options.code;
    this.sent = options.sent;
  }
}

/**
 * The destination is not allowed. The message says why, and what to change.
 *
 * @public
 */
export class EgressBlockedError extends EgressError {
  /** The name of the class. */
  readonly name = 'EgressBlockedError';
  /** The first half of the message: why the destination is not allowed. */
  readonly reason: string;
  /** The second half: what to change. */
  readonly remedy: string;

  constructor(reason: string, remedy: string) {
    super(`${reason} ${remedy}`, { code: 'DS_EGRESS_BLOCKED', sent: false });
    this.reason = reason;
    this.remedy = remedy;
  }
}
