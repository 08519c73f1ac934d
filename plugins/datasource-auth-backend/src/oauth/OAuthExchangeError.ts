import { Diagnosis } from 'backstage-plugin-datasource-auth-common';

/**
 * What is known about the request after a failure. It decides what may be done next.
 *
 * - `not_sent`: nothing reached the provider (DNS, connect, TLS, egress, start missed).
 * - `answered`: the provider sent a complete response that doesn't reject the grant (429, 503, invalid_client…).
 * - `refused`: `invalid_grant`. The provider rejects the refresh token, the code, or the username and password.
 * - `silent`: the outcome is unknown (502, 504, reset or timeout after the first byte was sent).
 */
export type ExchangeOutcome = 'not_sent' | 'answered' | 'refused' | 'silent';

/**
 * A failed exchange with a provider. It has no cause, no error of the library and no body.
 */
export class OAuthExchangeError extends Error {
  readonly name = 'OAuthExchangeError';
  readonly diagnosis: Diagnosis;
  readonly outcome: ExchangeOutcome;
  /** Epoch milliseconds of the earliest next call that the provider allows. */
  readonly retryAt?: number;

  constructor(options: {
    diagnosis: Diagnosis;
    outcome: ExchangeOutcome;
    retryAt?: number;
  }) {
    super(`${options.diagnosis.title} (${options.diagnosis.code})`);
    this.diagnosis = options.diagnosis;
    this.outcome = options.outcome;
    this.retryAt = options.retryAt;
  }
}
