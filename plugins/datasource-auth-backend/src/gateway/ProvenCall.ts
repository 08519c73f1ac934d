import { IncomingHttpHeaders } from 'node:http';
import { DpopKey } from '../settings/ResolvedSettings';
import { asksForNonce, DpopProofs, refusesProof } from '../signing/DpopProofs';
import { ApiExchange, ApiRequest, ExchangeEnd } from './ApiExchange';
import { ApiFailures } from './GatewayFailures';

/**
 * A call with a token that is bound to a key (RFC 9449 section 7). Each request has its own proof. If the API asks for
 * another nonce, the call is repeated once. A refused proof says nothing about the token, so nothing is refreshed.
 */
export class ProvenCall {
  readonly #request: ApiRequest;
  readonly #proofs: DpopProofs;
  readonly #failures: ApiFailures;
  readonly #key: DpopKey;
  readonly #accessToken: string;
  readonly #isReplayable: boolean;

  constructor(options: {
    request: ApiRequest;
    proofs: DpopProofs;
    failures: ApiFailures;
    key: DpopKey;
    accessToken: string;
    /** Whether the body can be sent again. */
    isReplayable: boolean;
  }) {
    this.#request = options.request;
    this.#proofs = options.proofs;
    this.#failures = options.failures;
    this.#key = options.key;
    this.#accessToken = options.accessToken;
    this.#isReplayable = options.isReplayable;
  }

  /** @throws DatasourceAuthError `api_unreachable` if the API asks for a nonce and the body can't be sent again */
  async send(): Promise<ExchangeEnd> {
    let isRepeated = false;
    const first = await this.#sendOnce(isForNonce => {
      if (this.#isReplayable) {
        isRepeated = true;
        return Promise.resolve('drop');
      }
      return isForNonce
        ? Promise.reject(this.#failures.nonceRequired())
        : undefined;
    });
    return isRepeated ? this.#sendOnce(() => undefined) : first;
  }

  /** @param onRefused - called if another proof has a better chance */
  async #sendOnce(
    onRefused: (isForNonce: boolean) => ReturnType<ApiRequest['judge']>,
  ): Promise<ExchangeEnd> {
    const { headers, judge, method, origin, target } = this.#request;
    const url = origin + target;
    const accessToken = this.#accessToken;
    const dpop = await this.#proofs.sign(this.#key, {
      ...{ method, url, accessToken },
    });
    return ApiExchange.send({
      ...this.#request,
      // A header of the caller with this name is replaced.
      headers: { ...headers, dpop },
      judge: (status, received) => {
        const isBetter = this.#proofs.note(url, {
          nonce: received['dpop-nonce']?.toString(),
          date: received.date,
        });
        const challenge = challengeOf(received);
        if (!refusesProof(status, challenge)) return judge(status, received);
        return isBetter
          ? onRefused(asksForNonce(status, challenge))
          : undefined;
      },
    });
  }
}

function challengeOf(received: IncomingHttpHeaders): string {
  return [received['www-authenticate'] ?? []].flat().join(', ');
}
