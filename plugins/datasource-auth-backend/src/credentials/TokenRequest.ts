import { LoggerService } from '@backstage/backend-plugin-api';
import { Datasources } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { IssuedTokens, ProviderClient } from '../oauth/ProviderClient';
import { BrokerMoment, Exchange, presentsRefreshToken } from './Exchange';
import { LeaseTimes } from './LeaseTimes';
import { nameOf, unexpectedFailure } from './TokenErrors';

/** Presents a credential to its provider, within the deadlines of the lease. */
export class TokenRequest {
  readonly #datasources: Datasources;
  readonly #client: ProviderClient;
  readonly #times: LeaseTimes;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #logger: LoggerService;

  constructor(options: {
    datasources: Datasources;
    client: ProviderClient;
    times: LeaseTimes;
    hold: (moment: BrokerMoment) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#datasources = options.datasources;
    this.#client = options.client;
    this.#times = options.times;
    this.#hold = options.hold;
    this.#logger = options.logger;
  }

  /** @throws OAuthExchangeError and nothing else */
  async send(exchange: Exchange): Promise<IssuedTokens> {
    try {
      return await this.#send(exchange);
    } catch (error) {
      if (error instanceof OAuthExchangeError) throw error;
      this.#logger.error(
        `Refreshing the token of datasource '${
          exchange.datasource.record.name
        }' failed unexpectedly. Report this as a bug: ${nameOf(error)}`,
      );
      throw unexpectedFailure(exchange.sent);
    }
  }

  async #send(exchange: Exchange): Promise<IssuedTokens> {
    const { datasource, previous } = exchange;
    const context = {
      ...this.#datasources.providerContext(datasource, previous?.kept),
      dpopKey: previous?.dpopKey,
    };
    await this.#hold('send');
    const { startWithin, answerWithin, readWithin } = this.#times;
    const options = {
      startWithin: startWithin - exchange.elapsed(),
      answerWithin,
      readWithin,
      onSend: () => {
        exchange.sent = true;
      },
    };
    if (previous?.answer)
      return this.#client.finish(context, previous.answer, options);
    return previous && (presentsRefreshToken(exchange) || exchange.prolongs)
      ? this.#client.refresh(
          context,
          {
            refreshToken: previous.refreshToken ?? '',
            accessToken: previous.accessToken,
          },
          options,
        )
      : this.#client.requestToken(context, options);
  }
}
