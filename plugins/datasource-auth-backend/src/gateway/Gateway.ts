import { IncomingHttpHeaders } from 'node:http';
import { Dispatcher } from 'undici';
import { CredentialCopy } from '../credentials/CredentialMemory';
import { ServedToken, TokenBroker } from '../credentials/TokenBroker';
import { setResponseHeaders } from './responseHeaders';
import { ApiExchange, ExchangeEnd } from './ApiExchange';
import { GatewayCall } from './GatewayCall';
import { ApiFailures } from './GatewayFailures';
import { GATEWAY_TIMES, GatewayTimes } from './GatewayTimes';
import { GatewayTarget, targetAt } from './GatewayTarget';
import { RequestBody } from './RequestBody';
import { requestHeaders } from './requestHeaders';

/** Told of each token that a call was made with. */
export type OnToken = (use: { rejected: boolean }) => void;

/** What becomes of an answer that accepts or rejects the token. */
interface AnswerOfToken {
  accepted: () => void;
  rejected: () => Promise<'pass' | 'drop'>;
}

/**
 * Forwards calls to APIs with the token attached, which the caller never sees: to the base URL of the datasource, on
 * its routes only, streaming both ways.
 *
 * Who may call is for `AuthorizedGateway` to say. A token that the API rejects is renewed once, and the call made once
 * more where its body can be sent again. Redirects are answers like any other.
 */
export class Gateway {
  readonly #dispatcher: Dispatcher;
  readonly #broker: TokenBroker;
  readonly #path: string;
  readonly #times: GatewayTimes;

  constructor(options: {
    /** The egress door's: the rules about destinations apply. */
    dispatcher: Dispatcher;
    broker: TokenBroker;
    /** Address of this plugin, under which `Location` leads back through the gateway. */
    baseUrl: string;
    /** Only tests make them shorter. */
    times?: Partial<GatewayTimes>;
  }) {
    const { pathname } = new URL(options.baseUrl);
    this.#dispatcher = options.dispatcher;
    this.#broker = options.broker;
    this.#path = `${pathname.replace(/\/+$/, '')}/gateway`;
    this.#times = { ...GATEWAY_TIMES, ...options.times };
  }

  /**
   * Makes a call and passes the answer on, whatever it says.
   *
   * @throws DatasourceAuthError `gateway_closed`, `too_large`, `api_unreachable`, `api_timeout`, and those of the broker;
   * only while nothing of an answer has been sent
   */
  async forward(
    copy: CredentialCopy,
    call: GatewayCall,
    onToken: OnToken,
  ): Promise<void> {
    const opened = GatewayTarget.of(copy.datasource);
    const route = `gateway ${opened.routeOf(call)}`;
    const token = await this.#broker.getToken(copy);
    onToken({ rejected: false });
    const body = await readBody(call, opened.requestBytes);
    if (!body) return;

    let renewed: ServedToken | undefined;
    const first = await this.#send(call, token, body, {
      accepted: () => this.#note(this.#broker.accepted(token)),
      rejected: async () => {
        const renewal = this.#renew(copy, token, route);
        if (!body.isReplayable) {
          // Nothing to repeat, but the next caller should not run into the same.
          renewal.catch(() => {});
          return 'pass';
        }
        renewed = await renewal;
        return renewed ? 'drop' : 'pass';
      },
    });
    if (first !== 'dropped') return;
    onToken({ rejected: true });
    const second = renewed!;
    await this.#send(call, second, body, {
      accepted: () => this.#note(this.#broker.accepted(second, route)),
      rejected: async () => {
        this.#note(this.#broker.rejected(second, route));
        return 'pass';
      },
    });
  }

  async #send(
    call: GatewayCall,
    { datasource, payload }: ServedToken,
    body: RequestBody,
    onAnswer: AnswerOfToken,
  ): Promise<ExchangeEnd> {
    const { name, settings } = datasource.record;
    const opened = GatewayTarget.of(datasource);
    const address = opened.address(payload);
    const target = targetAt(address, call);
    const at = { address, target, gatewayPath: `${this.#path}/${name}` };
    return ApiExchange.send({
      dispatcher: this.#dispatcher,
      origin: address.origin,
      target,
      method: call.method,
      headers: requestHeaders(
        call.request.headers,
        address.headers,
        body.contentLength,
      ),
      body: onProgress => body.send(onProgress),
      response: call.response,
      setHeaders: received => setResponseHeaders(call.response, received, at),
      judge: (status, received) => {
        if (
          settings.auth.rejectedStatuses.includes(status) &&
          !lacksScope(received)
        ) {
          return onAnswer.rejected();
        }
        if (status < 400) onAnswer.accepted();
        return undefined;
      },
      responseBytes: opened.responseBytes,
      times: this.#times,
      failures: new ApiFailures({ datasource: name, origin: address.origin }),
    });
  }

  /** What is only noted holds up no answer, and fails none. */
  #note(noting: Promise<void>): void {
    noting.catch(() => {});
  }

  /** Another token; none if there is no other now: then the API's own answer says most. */
  async #renew(
    copy: CredentialCopy,
    rejected: ServedToken,
    route: string,
  ): Promise<ServedToken | undefined> {
    const { accessToken } = rejected.payload;
    try {
      const renewed = await this.#broker.getToken(copy, {
        rejected: rejected.row,
        route,
      });
      return renewed.payload.accessToken === accessToken ? undefined : renewed;
    } catch (error) {
      if ((error as { code?: string }).code === 'datasource_unavailable') {
        return undefined;
      }
      throw error;
    }
  }
}

/** The body; nothing if the caller left while it was read. */
async function readBody(
  { request, response }: GatewayCall,
  limit: number,
): Promise<RequestBody | undefined> {
  try {
    return await RequestBody.read(request, limit);
  } catch (error) {
    if (response.destroyed) return undefined;
    throw error;
  }
}

/** RFC 6750 section 3.1: about rights that another token of the same credential would not have either. */
function lacksScope(received: IncomingHttpHeaders): boolean {
  const challenge = [received['www-authenticate'] ?? []].flat().join(', ');
  return /\berror\s*=\s*"?insufficient_scope\b/i.test(challenge);
}
