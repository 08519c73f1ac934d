import { isDeepStrictEqual } from 'node:util';
import { DestinationPolicy } from 'backstage-plugin-datasource-auth-common';
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

/** A request through the door and its limits: times in milliseconds, sizes in bytes. */
export interface EgressRequest {
  /** Default GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Shown to a destination that asks for a certificate of its client. */
  tls?: ClientCertificate;
  signal?: AbortSignal;
  /** Until the request is on its way; default 10 000. */
  connectMs?: number;
  /** Until the first byte of the answer; default 15 000. */
  responseMs?: number;
  /** Until the response is complete, counted from the sending; default none but `readMs`. */
  completeMs?: number;
  /** Until the answer is there whole; default 50 000. */
  readMs?: number;
  /** Of the body, packed and unpacked; default 1 MiB. */
  maxBytes?: number;
  /** Fails with `DS_EGRESS_START_MISSED` instead of writing the request later than this after the call. */
  startWithin?: number;
  /** Called right before the request is written. From then on the outcome of a failure is unknown. */
  onSend?: () => void;
}

/** What only tests and unusual deployments need. */
export interface EgressOptions {
  /** Told of every socket that is opened. */
  onConnect?: OnConnect;
  /** Resolves names; default is the system's resolver. */
  resolve?: Resolve;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and `NODE_EXTRA_CA_CERTS` are read; default `process.env`. */
  environment?: Record<string, string | undefined>;
}

/** What leads out under one policy. */
interface Door {
  policy: EgressPolicy;
  rules: DestinationRules;
  exchanges: Dispatcher;
  certified: CertifiedDispatchers;
  streams: Dispatcher;
}

const MEBIBYTE = 1024 * 1024;

/**
 * The only door to the network. Whatever is called from here is https (or a host allowed without), a host on the list if
 * there is one, and an address that may be called; it is never redirected, and its answer has a size and an end.
 *
 * Behind a corporate proxy (`HTTPS_PROXY`) the proxy resolves the names, so only the rules about hosts and literal
 * addresses apply; {@link Egress.usesProxy} tells.
 */
export class Egress {
  readonly #options: EgressOptions;
  readonly #proxies: ReturnType<typeof readProxies>;
  readonly #streams = new CurrentDispatcher(() => this.#door.streams);
  #door: Door;
  #closing?: Promise<unknown>;

  /** @throws InputError when a rule of the policy cannot be read */
  constructor(policy: EgressPolicy, options: EgressOptions = {}) {
    this.#options = options;
    this.#proxies = readProxies(options.environment ?? process.env);
    this.#door = this.#open(policy);
  }

  /** The policy that applies now. */
  get policy(): EgressPolicy {
    return this.#door.policy;
  }

  /** The rules about destinations, for callers in other processes. */
  get destinations(): DestinationPolicy {
    const { allow, allowHttp, only } = this.policy;
    return { allow, allowHttp, only };
  }

  /**
   * Applies another policy from the next request on, over new connections: an open one may lead to an address that is no
   * longer allowed. Requests that are running end first.
   *
   * @throws InputError when a rule of the policy cannot be read; then the previous policy stays
   */
  update(policy: EgressPolicy): void {
    if (isDeepStrictEqual(policy, this.policy)) return;
    const { exchanges, certified, streams } = this.#door;
    this.#door = this.#open(policy);
    for (const dispatcher of [exchanges, certified, streams]) {
      dispatcher.close().catch(() => {});
    }
  }

  #open(policy: EgressPolicy): Door {
    const { resolve, onConnect, environment = process.env } = this.#options;
    const rules = new DestinationRules(policy);
    const ca = policy.ca
      ? trustedAuthorities(policy.ca, environment)
      : undefined;
    const proxies = this.#proxies;
    const shared = { rules, ca, proxies, resolve, onConnect };
    const certified = new CertifiedDispatchers({
      open: clientCertificate =>
        guardedDispatcher({ ...shared, clientCertificate }),
    });
    return {
      policy,
      rules,
      exchanges: guardedDispatcher(shared),
      certified,
      streams: guardedDispatcher(shared),
    };
  }

  /** Whether some calls go through a proxy, where the addresses behind the names cannot be checked. */
  get usesProxy(): boolean {
    return this.#proxies !== undefined;
  }

  /**
   * For streaming through the same door with undici's own `request` or `fetch`. The rules about destinations apply;
   * limits of size and time, and refusing to follow redirects, are the caller's.
   */
  get dispatcher(): Dispatcher {
    return this.#streams;
  }

  /**
   * Checks what can be checked of a destination without the network: for the moment at which settings are saved.
   *
   * @throws EgressBlockedError whose message says what to do
   */
  check(url: string | URL): void {
    if (typeof url === 'string' && !URL.canParse(url)) {
      throw new EgressBlockedError(
        'Not a URL.',
        'Enter an absolute address such as https://example.com/token.',
      );
    }
    this.#door.rules.checkUrl(new URL(url));
  }

  /**
   * Makes one call over a connection of its own and answers once the body is there whole and unpacked. Never follows a
   * redirect.
   *
   * @throws EgressError with a code, and whether the request may have reached the other side
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
      throw new EgressError(`${status} is no HTTP status`, {
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

  /** Closes idle connections; running calls end first. */
  async close(): Promise<void> {
    this.#closing ??= Promise.all([
      this.#door.exchanges.close(),
      this.#door.certified.close(),
      this.#door.streams.close(),
    ]);
    await this.#closing;
  }
}

/** The headers that describe the body as it now is. */
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
        // A header that is none does not make the answer worthless.
      }
    }
  }
  return headers;
}
