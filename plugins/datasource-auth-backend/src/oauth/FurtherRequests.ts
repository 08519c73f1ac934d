import { ProviderContext } from '../settings/ResolvedSettings';
import { StandardResponse, fromWire } from './dialect';
import { Exchanger } from './Exchanger';
import {
  answersSent,
  furtherCall,
  furtherRequest,
  judgeAnswer,
  readAnswer,
} from './furtherRequest';
import { isToken } from './legibility';
import { Answer, IssuedTokens } from './ProviderClient';
import { tokenCall } from './ProviderCall';
import { readPath } from './responseBody';
import {
  issued,
  processGeneric,
  TokenEndpoint,
  TokenRequest,
} from './TokenEndpoint';

/** Both requests for a token together. Milliseconds. */
const LONGEST_EXCHANGE = 50_000;

/**
 * Gets tokens that can take a further request (`token.then`, `refresh.then`). What the first request presents may be
 * usable only once, so its answer can be stored between the two.
 */
export class FurtherRequests {
  readonly #exchanger: Exchanger;
  readonly #endpoint: TokenEndpoint;

  constructor(options: { exchanger: Exchanger; endpoint: TokenEndpoint }) {
    this.#exchanger = options.exchanger;
    this.#endpoint = options.endpoint;
  }

  /** Gets a token, or what the further request for it needs, to be stored before {@link FurtherRequests.finish}. */
  async tokenOrAnswer(
    context: ProviderContext,
    to: Answer['to'],
    grant: TokenRequest,
  ): Promise<IssuedTokens> {
    return furtherRequest(context.auth, to)
      ? this.#answer(context, to, grant)
      : this.#endpoint.token(context, grant);
  }

  /** Gets a token by a first request that can be repeated, so nothing has to be stored between the two. */
  async token(
    context: ProviderContext,
    grant: TokenRequest,
  ): Promise<IssuedTokens> {
    const { values, options, secrets } = grant;
    if (!furtherRequest(context.auth, 'token'))
      return this.#endpoint.token(context, grant);
    const started = performance.now();
    const { answer } = await this.#answer(context, 'token', grant);
    const { readWithin = LONGEST_EXCHANGE, answerWithin } = options ?? {};
    const left = readWithin - (performance.now() - started);
    return this.finish(context, answer, {
      values,
      options: { answerWithin, readWithin: Math.max(1, left) },
      secrets,
    });
  }

  /** Gets the token by the further request that an answer leads to. */
  finish(
    context: ProviderContext,
    answer: Answer,
    request: Pick<TokenRequest, 'values' | 'options' | 'secrets'>,
  ): Promise<IssuedTokens> {
    const { values, options, secrets } = request;
    let received: StandardResponse | undefined;
    return this.#exchanger.run({
      ...{ context, step: 'then', options },
      call: () => furtherCall(context, values, answer),
      translate: (status, body) => {
        received = fromWire(status, body, context.auth, {
          idToken: false,
          isDpop: context.senderConstraint === 'dpop',
        });
        return received;
      },
      secrets: [...secrets, ...answersSent(answer)],
      run: async (call, fetch) => {
        const response = await fetch.fetch('', {
          headers: { accept: 'application/json' },
          body: new URLSearchParams(),
        });
        const tokens = await processGeneric(call, response);
        return issued(context, tokens, received!, fetch);
      },
    });
  }

  #answer(
    context: ProviderContext,
    to: Answer['to'],
    grant: TokenRequest,
  ): Promise<IssuedTokens & { answer: Answer }> {
    const { step, values, secrets, options } = grant;
    const { auth, dpopKey, kept } = context;
    return this.#exchanger.run({
      ...{ context, step, secrets, options },
      call: () => tokenCall(context, step, values),
      translate: (status, body) => judgeAnswer(status, body, auth),
      run: async (call, fetch) => {
        await grant.process(call, await grant.request(call));
        const { body, requestedAt, clockSkew } = fetch;
        const rotated = readPath(body.value, auth.response.refreshToken);
        return {
          accessToken: '',
          refreshToken:
            typeof rotated === 'string' && isToken(rotated)
              ? rotated
              : undefined,
          tokenType: '',
          answer: readAnswer(body, auth, to),
          ...{ dpopKey, kept, requestedAt, clockSkew },
        };
      },
    });
  }
}
