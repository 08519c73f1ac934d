import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import { needsPerson } from '../settings/binding';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { IssuedTokens } from '../oauth/ProviderClient';
import { CredentialLeases } from './CredentialLeases';
import { CredentialRow } from './CredentialRow';
import { BrokerMoment, Exchange, presentsRefreshToken } from './Exchange';
import { IssuedTokenRecorder } from './IssuedTokenRecorder';
import { OutcomeRecorder } from './OutcomeRecorder';
import { ProviderCircuit } from './ProviderCircuit';
import { hostResponded, isRefusal } from './renewal';
import { TokenRequest } from './TokenRequest';
import { WriteRetry } from './WriteRetry';
import { oauthOf } from '../settings/oauthOf';

/**
 * Presents a credential once, and handles each outcome. RenewalAttempt holds the lease and the written intent. From
 * here on, a response is kept even if the lease is lost.
 */
export class TokenExchange {
  readonly #request: TokenRequest;
  readonly #issuedTokens: IssuedTokenRecorder;
  readonly #recordRefusal: OutcomeRecorder;
  readonly #recordFailure: OutcomeRecorder;
  readonly #circuit: ProviderCircuit;
  readonly #leases: CredentialLeases;
  readonly #writes: WriteRetry;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;

  constructor(options: {
    request: TokenRequest;
    issuedTokens: IssuedTokenRecorder;
    recordRefusal: OutcomeRecorder;
    recordFailure: OutcomeRecorder;
    circuit: ProviderCircuit;
    leases: CredentialLeases;
    writes: WriteRetry;
    hold: (moment: BrokerMoment) => Promise<void>;
  }) {
    this.#request = options.request;
    this.#issuedTokens = options.issuedTokens;
    this.#recordRefusal = options.recordRefusal;
    this.#recordFailure = options.recordFailure;
    this.#circuit = options.circuit;
    this.#leases = options.leases;
    this.#writes = options.writes;
    this.#hold = options.hold;
  }

  /** Returns the stored row. Undefined means: read again. */
  async run(exchange: Exchange): Promise<CredentialRow | undefined> {
    let response: IssuedTokens;
    try {
      response = await this.#request.send(exchange);
    } catch (error) {
      return this.#failed(exchange, error as OAuthExchangeError);
    }
    this.#circuit.report(exchange.host, true);
    await this.#hold('response');
    return this.#issuedTokens.record(exchange, response);
  }

  async #failed(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row, lease, host } = exchange;
    const up = hostResponded(error);
    if (up === undefined) this.#circuit.cancel(host);
    else this.#circuit.report(host, up);
    // Nothing was sent, and that is no fault of the provider.
    if (error.diagnosis.code === 'start_missed' && exchange.mayStartAgain()) {
      await this.#writes.run(() => this.#leases.release(row, lease));
      return undefined;
    }
    const { locksAccounts } =
      GRANTS[oauthOf(datasource.record.settings).grantType];
    const withPassword =
      locksAccounts === true &&
      !presentsRefreshToken(exchange) &&
      exchange.previous?.answer === undefined &&
      !exchange.prolongs;
    // The grant gets another token once this one has expired.
    const isReplaceable =
      exchange.prolongs && !needsPerson(datasource.record.settings);
    return isRefusal(error, withPassword) && !isReplaceable
      ? this.#recordRefusal(exchange, error)
      : this.#recordFailure(exchange, error);
  }
}
