import { IncomingHttpHeaders } from 'node:http';
import {
  mayReportExpiry,
  reportsExpiry,
} from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { Dispatcher } from 'undici';
import { rejectedStatuses } from '../kinds';
import { isSameGeneration } from '../credentials/CredentialRow';
import { CredentialCopy } from '../credentials/CredentialMemory';
import { ServedToken, TokenBroker } from '../credentials/TokenBroker';
import { ApiExchange, ApiRequest, ExchangeEnd } from './ApiExchange';
import { DpopProofs } from '../signing/DpopProofs';
import { clockSkewOf, ServerClocks } from '../signing/ServerClocks';
import { Forwarding } from './Forwarding';
import { ApiCall, GatewayCall } from './GatewayCall';
import { gatewayForwarding } from './gatewayForwarding';
import { ProvenCall } from './ProvenCall';
import { ApiFailures } from './GatewayFailures';
import { GATEWAY_TIMES, GatewayTimes } from './GatewayTimes';
import { GatewayTarget } from './GatewayTarget';
import { RequestBody } from './RequestBody';

/** Called for each token that a call was made with. */
export type OnToken = (use: { rejected: boolean }) => void;

/** Returns the connections for calls with a client certificate or without one. */
export type DispatcherWith = (
  certificate: ClientCertificate | undefined,
) => Dispatcher;

/** Called for a response that accepts or rejects the token. */
interface AnswerOfToken {
  accepted: () => void;
  rejected: () => Promise<'pass' | 'drop'>;
}

/**
 * Forwards calls to APIs with the token attached, which the caller never sees: to the base URL of the datasource, only
 * on its routes, streaming both ways.
 *
 * `AuthorizedGateway` decides who may call. A token that the API rejects is refreshed once, and the call is repeated if
 * its body can be sent again. Redirects are passed on like any other response.
 */
export class Gateway {
  readonly #dispatcherWith: DispatcherWith;
  readonly #broker: TokenBroker;
  readonly #path: string;
  readonly #times: GatewayTimes;
  readonly #clocks: ServerClocks;
  readonly #proofs: DpopProofs;

  constructor(options: {
    /** From egress, so that the destination rules apply. */
    dispatcherWith: DispatcherWith;
    broker: TokenBroker;
    /** Address of this plugin's gateway, for `Location` headers. */
    baseUrl: string;
    /** Only tests shorten them. */
    times?: Partial<GatewayTimes>;
    /** Told what time it is at an API that rejects a token. */
    clocks?: ServerClocks;
    /** Signs for calls with tokens that are bound to a key. */
    proofs?: DpopProofs;
  }) {
    const { pathname } = new URL(options.baseUrl);
    this.#dispatcherWith = options.dispatcherWith;
    this.#broker = options.broker;
    const { clocks = new ServerClocks() } = options;
    this.#clocks = clocks;
    this.#proofs = options.proofs ?? new DpopProofs({ clocks });
    this.#path = `${pathname.replace(/\/+$/, '')}/gateway`;
    this.#times = { ...GATEWAY_TIMES, ...options.times };
  }

  /**
   * Makes a call and passes the response on, whatever its status.
   *
   * @throws DatasourceAuthError `gateway_closed`, `too_large`, `api_unreachable`, `api_timeout`, and those of the
   * broker; only while no part of a response has been sent
   */
  async forward(
    copy: CredentialCopy,
    call: GatewayCall,
    onToken: OnToken,
  ): Promise<void> {
    const { name } = copy.datasource.record;
    const forwarding = gatewayForwarding(call, `${this.#path}/${name}`);
    await this.send(copy, call, forwarding, onToken);
  }

  /**
   * Makes a call as the forwarding says.
   *
   * @throws DatasourceAuthError as {@link Gateway.forward} does
   */
  async send(
    copy: CredentialCopy,
    call: ApiCall,
    forwarding: Forwarding,
    onToken: OnToken,
  ): Promise<void> {
    const opened = GatewayTarget.of(copy.datasource);
    const route = forwarding.routeOf(opened);
    const token = await this.#broker.getToken(copy);
    onToken({ rejected: false });
    const body = await readBody(call, opened.requestBytes);
    if (!body) return;

    let renewed: ServedToken | undefined;
    const sending = { call, forwarding, body };
    const first = await this.#send(sending, token, {
      accepted: () => this.#note(this.#broker.accepted(token)),
      rejected: async () => {
        const renewal = this.#renew(copy, token, route);
        if (!body.isReplayable) {
          // There is nothing to repeat, but the next caller needs a valid token.
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
    await this.#send(sending, second, {
      accepted: () => this.#note(this.#broker.accepted(second, route)),
      rejected: async () => {
        this.#note(this.#broker.rejected(second, route));
        return 'pass';
      },
    });
  }

  async #send(
    sending: { call: ApiCall; forwarding: Forwarding; body: RequestBody },
    { datasource, payload }: ServedToken,
    onAnswer: AnswerOfToken,
  ): Promise<ExchangeEnd> {
    const { name, settings } = datasource.record;
    const opened = GatewayTarget.of(datasource);
    const address = opened.address(payload);
    const { call, forwarding, body } = sending;
    const place = forwarding.placeOf(address);
    const { expired } = settings.api ?? {};
    const holds = (status: number, received: IncomingHttpHeaders) =>
      expired !== undefined &&
      mayReportExpiry(status, header => received[header]?.toString());
    const certificate = opened.certificate();
    const failures = new ApiFailures({
      ...{ datasource: name, origin: place.origin },
    });
    const request: ApiRequest = {
      dispatcher: this.#dispatcherWith(certificate),
      ...place,
      method: call.method,
      headers: forwarding.headersOf(address.headers, {
        contentLength: body.contentLength,
        isRead: expired !== undefined,
      }),
      body: onProgress => body.send(onProgress),
      response: call.response,
      setHeaders: received => forwarding.respond(received, { address, place }),
      judge: (status, received) => {
        if (
          rejectedStatuses(settings.auth).includes(status) &&
          !lacksScope(received)
        ) {
          const { host } = new URL(address.origin);
          this.#clocks.note(host, clockSkewOf(received.date));
          return onAnswer.rejected();
        }
        if (status < 400 && !holds(status, received)) onAnswer.accepted();
        return undefined;
      },
      holds,
      judgeBody: read => {
        if (expired && reportsExpiry(read, expired)) return onAnswer.rejected();
        onAnswer.accepted();
        return undefined;
      },
      responseBytes: opened.responseBytes,
      times: this.#times,
      failures,
    };
    if (!payload.dpopKey) return ApiExchange.send(request);
    return new ProvenCall({
      ...{ request, proofs: this.#proofs, failures },
      key: payload.dpopKey,
      accessToken: payload.accessToken,
      isReplayable: body.isReplayable,
    }).send();
  }

  /** Records without delaying the response or failing it. */
  #note(noting: Promise<void>): void {
    noting.catch(() => {});
  }

  /** Returns another token, or undefined if there is none now: then the API's own response is the most informative. */
  async #renew(
    copy: CredentialCopy,
    rejected: ServedToken,
    route: string,
  ): Promise<ServedToken | undefined> {
    const { row, payload } = rejected;
    try {
      const renewed = await this.#broker.getToken(copy, {
        rejected: row,
        route,
      });
      const isSame =
        renewed.payload.accessToken === payload.accessToken ||
        isSameGeneration(renewed.row, row);
      return isSame ? undefined : renewed;
    } catch (error) {
      if ((error as { code?: string }).code === 'datasource_unavailable') {
        return undefined;
      }
      throw error;
    }
  }
}

/** Returns the body, or undefined if the caller left while it was read. */
async function readBody(
  { request, response }: ApiCall,
  limit: number,
): Promise<RequestBody | undefined> {
  try {
    return await RequestBody.read(request, limit);
  } catch (error) {
    if (response.destroyed) return undefined;
    throw error;
  }
}

/** RFC 6750 section 3.1: missing permissions, which another token of the same credential wouldn't have either. */
function lacksScope(received: IncomingHttpHeaders): boolean {
  const challenge = [received['www-authenticate'] ?? []].flat().join(', ');
  return /\berror\s*=\s*"?insufficient_scope\b/i.test(challenge);
}
