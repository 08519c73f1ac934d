import { Diagnosis } from 'backstage-plugin-datasource-auth-common';

/**
 * What is known of the request after a failure, which decides what may be done next (the token life cycle's classes).
 *
 * - `not_sent`: nothing reached the provider (DNS, connect, TLS, egress, start missed).
 * - `answered`: the provider answered whole, and what it said is no refusal of the grant (429, 503, invalid_client…).
 * - `refused`: `invalid_grant` – the provider does not accept the refresh token, code, or user name and password.
 * - `silent`: the outcome is unknown (502, 504, reset or timeout after the first byte was sent).
 */
export type ExchangeOutcome = 'not_sent' | 'answered' | 'refused' | 'silent';

/**
 * A failed exchange with a provider, made fresh at the boundary: no cause, no library error, no body.
 */
export class OAuthExchangeError extends Error {
  readonly name = 'OAuthExchangeError';
  readonly diagnosis: Diagnosis;
  readonly outcome: ExchangeOutcome;
  /** Epoch milliseconds before which the provider asked not to be called again. */
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
