import { isDeepStrictEqual } from 'node:util';
import {
  DestinationPolicy,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Dispatcher } from 'undici';
import {
  ClientCertificate,
  DestinationRules,
  EgressBlockedError,
  EgressError,
  guardedDispatcher,
  OnConnect,
  readProxies,
  Resolve,
} from 'backstage-plugin-datasource-auth-node/egress';
import { CertifiedDispatchers } from './CertifiedDispatchers';
import { CurrentDispatcher } from './CurrentDispatcher';
import { ACCEPTED_CODINGS, decodeBody } from './decodeBody';
import { EgressPolicy } from './EgressPolicy';
import { exchangeHttp } from './exchangeHttp';
import { trustedAuthorities } from './trustedAuthorities';

/** A request and its limits. Times are milliseconds, sizes bytes. */
export interface EgressRequest {
  /** Default GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Presented to servers that request a client certificate. */
  tls?: ClientCertificate;
  signal?: AbortSignal;
  /** Until the request is being sent. Default 10 000. */
  connectMs?: number;
  /** Until the first byte of the response. Default 15 000. */
  responseMs?: number;
  /** Until the response is complete, from sending on. Default: only `readMs` applies. */
  completeMs?: number;
  /** Until the response is complete. Default 50 000. */
  readMs?: number;
  /** Of the body, both encoded and decoded. Default 1 MiB. */
  maxBytes?: number;
  /** Fails with `DS_EGRESS_START_MISSED` instead of sending the request later than this after the call. */
  startWithin?: number;
  /** Called right before the request is sent. From then on, the outcome of a failure is unknown. */
  onSend?: () => void;
}

/** Options for tests and unusual deployments. */
export interface EgressOptions {
  /** Called for every opened socket. */
  onConnect?: OnConnect;
  /** Resolves names. Default: the system's resolver. */
  resolve?: Resolve;
  /** Source of `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS`. Default `process.env`. */
  environment?: Record<string, string | undefined>;
}

/** The connections of one policy. */
interface Door {
  policy: EgressPolicy;
  rules: DestinationRules;
  exchanges: Dispatcher;
  certified: CertifiedDispatchers;
  streams: Dispatcher;
  certifiedStreams: CertifiedDispatchers;
}

const MEBIBYTE = 1024 * 1024;

/**
 * The only way to the network. A call needs https (or a host allowed without it), a host on the allowlist if there is
 * one, and an allowed address. It never follows redirects, and its response has limits of size and time.
 *
 * A corporate proxy (`HTTPS_PROXY`) resolves the names, so only the rules about hosts and literal addresses apply then:
 * see {@link Egress.usesProxy}.
 */
export class Egress {
  readonly #options: EgressOptions;
  readonly #proxies: ReturnType<typeof readProxies>;
  readonly #streams = new CurrentDispatcher(() => this.#door.streams);
  #door: Door;
  #closing?: Promise<unknown>;

  /** @throws InputError if a rule of the policy is invalid */
  constructor(policy: EgressPolicy, options: EgressOptions = {}) {
    this.#options = options;
    this.#proxies = readProxies(options.environment ?? process.env);
    this.#door = this.#open(policy);
  }

  /** The current policy. */
  get policy(): EgressPolicy {
    return this.#door.policy;
  }

  /** The rules about destinations, for callers in other processes. */
  get destinations(): DestinationPolicy {
    const { allow, allowHttp, only } = this.policy;
    return { allow, allowHttp, only };
  }

  /**
   * Applies another policy from the next request on, over new connections: an open one may lead to an address that is
   * no longer allowed. Running requests finish first.
   *
   * @throws InputError if a rule of the policy is invalid. The previous policy then stays.
   */
  update(policy: EgressPolicy): void {
    if (isDeepStrictEqual(policy, this.policy)) return;
    const closing = connectionsOf(this.#door);
    this.#door = this.#open(policy);
    for (const dispatcher of closing) dispatcher.close().catch(() => {});
  }

  #open(policy: EgressPolicy): Door {
    const { resolve, onConnect, environment = process.env } = this.#options;
    const rules = new DestinationRules(policy);
    const ca = policy.ca
      ? trustedAuthorities(policy.ca, environment)
      : undefined;
    const proxies = this.#proxies;
    const shared = { rules, ca, proxies, resolve, onConnect };
    const certified = () =>
      new CertifiedDispatchers({
        open: clientCertificate =>
          guardedDispatcher({ ...shared, clientCertificate }),
      });
    return {
      policy,
      rules,
      exchanges: guardedDispatcher(shared),
      certified: certified(),
      streams: guardedDispatcher(shared),
      certifiedStreams: certified(),
    };
  }

  /** Whether some calls go through a proxy, so that the addresses of names can't be checked. */
  get usesProxy(): boolean {
    return this.#proxies !== undefined;
  }

  /**
   * Dispatcher for streaming with undici's `request` or `fetch`. The destination rules apply. The caller must limit
   * size and time and must not follow redirects.
   */
  get dispatcher(): Dispatcher {
    return this.#streams;
  }

  /** The same for connections with a client certificate. Use it immediately: the next call can close it. */
  dispatcherWith(certificate: ClientCertificate | undefined): Dispatcher {
    return certificate
      ? this.#door.certifiedStreams.get(certificate)
      : this.#streams;
  }

  /**
   * Checks a destination without the network, as far as possible. Used when settings are saved.
   *
   * @throws EgressBlockedError with a remedy in its message
   */
  check(url: string | URL): void {
    if (typeof url === 'string' && !URL.canParse(url)) {
      throw new EgressBlockedError(
        [message('egress.urlInvalid')],
        [message('egress.enterUrl')],
      );
    }
    this.#door.rules.checkUrl(new URL(url));
  }

  /**
   * Makes one call over a new connection and returns the response with its decoded body. Never follows a redirect.
   *
   * @throws EgressError with a code, and whether the request may have reached the server
   */
  async fetch(
    url: string | URL,
    request: EgressRequest = {},
  ): Promise<Response> {
    this.check(url);
    const { maxBytes = MEBIBYTE, headers = {}, tls } = request;
    const { exchanges, certified } = this.#door;
    const { body, status, ...answer } = await exchangeHttp(
      tls ? certified.get(tls) : exchanges,
      {
        url: new URL(url),
        method: request.method ?? 'GET',
        headers: { 'accept-encoding': ACCEPTED_CODINGS, ...headers },
        body: request.body,
        signal: request.signal,
        connectMs: request.connectMs ?? 10_000,
        responseMs: request.responseMs ?? 15_000,
        completeMs: request.completeMs,
        readMs: request.readMs ?? 50_000,
        maxBytes,
        startWithin: request.startWithin,
        onSend: request.onSend,
      },
    );
    if (status > 599) {
      throw new EgressError(`Invalid HTTP status ${status}`, {
        code: 'DS_EGRESS_UNREADABLE',
        sent: true,
      });
    }
    const coding = answer.headers['content-encoding'];
    const decoded = await decodeBody(body, coding, maxBytes);
    const bodiless = [204, 205, 304].includes(status);
    return new Response(bodiless ? null : new Uint8Array(decoded), {
      status,
      headers: readableHeaders(answer.headers),
    });
  }

  /** Closes all connections after running calls finish. */
  async close(): Promise<void> {
    this.#closing ??= Promise.all(
      connectionsOf(this.#door).map(dispatcher => dispatcher.close()),
    );
    await this.#closing;
  }
}

function connectionsOf(door: Door): Array<{ close: () => Promise<void> }> {
  const { exchanges, certified, streams, certifiedStreams } = door;
  return [exchanges, certified, streams, certifiedStreams];
}

/** Returns the headers that describe the decoded body. */
function readableHeaders(
  received: Record<string, string | string[] | undefined>,
): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    if (['content-encoding', 'content-length'].includes(name)) continue;
    for (const each of [value ?? []].flat()) {
      try {
        headers.append(name, each);
      } catch {
        // One invalid header doesn't invalidate the response: skip it.
      }
    }
  }
  return headers;
}
