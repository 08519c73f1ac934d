import {
  ClientCertificate,
  EgressError,
} from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from '../egress/Egress';
import { ResponseBody, parseResponseBody } from './responseBody';
import { ResponseFacts } from './ResponseFacts';
import { toWire } from './dialect';
import { ProviderCall } from './ProviderCall';
import { ExchangeOptions } from './ProviderClient';
import { Parameter } from './queryString';
import { DpopKey } from '../settings/ResolvedSettings';
import { DpopProofs } from '../signing/DpopProofs';
import { clockSkewOf } from '../signing/ServerClocks';

/** A response in the form that the library expects. */
export interface TranslatedResponse {
  status: number;
  body: Record<string, unknown>;
  facts: Partial<ResponseFacts>;
}

/** Translates a provider's response for the library. */
export type Translate = (
  status: number,
  body: ResponseBody,
) => TranslatedResponse;

/** The key that tokens are bound to, and what signs with it. */
export interface TokenKey {
  key: DpopKey;
  proofs: DpopProofs;
}

/** Some providers require a user agent. */
const USER_AGENT = 'backstage-plugin-datasource-auth';

/**
 * The `fetch` for one call of the library. It translates the request from the RFC's form to the provider's and the
 * response back, and records facts about the response. It serves one request and keeps what the library drops.
 */
export class DialectFetch {
  readonly facts: ResponseFacts;
  readonly #egress: Egress;
  readonly #call: ProviderCall;
  readonly #translate: Translate;
  readonly #timeouts: { connectMs?: number; responseMs?: number };
  readonly #options: ExchangeOptions;
  readonly #tls?: ClientCertificate;
  readonly #tokenKey?: TokenKey;
  readonly #created = performance.now();
  #body: ResponseBody = { kind: 'empty' };
  #secrets: string[] = [];
  #requestedAt = Date.now();
  #clockSkew?: number;
  #knowsBetterProof = false;

  constructor(options: {
    egress: Egress;
    call: ProviderCall;
    translate: Translate;
    timeouts?: { connectMs?: number; responseMs?: number };
    options?: ExchangeOptions;
    tls?: ClientCertificate;
    tokenKey?: TokenKey;
  }) {
    const { egress, call, translate, timeouts = {} } = options;
    this.#egress = egress;
    this.#call = call;
    this.#translate = translate;
    this.#timeouts = timeouts;
    this.#options = options.options ?? {};
    this.#tls = options.tls;
    this.#tokenKey = options.tokenKey;
    this.facts = {
      method: call.method,
      endpoint: call.endpoint,
      instance: call.instance,
      host: new URL(call.url).host,
      sent: false,
    };
  }

  /** The response as received, including its tokens. */
  get body(): ResponseBody {
    return this.#body;
  }

  /** What the request has that no text may repeat, besides the secrets of the settings. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** Epoch milliseconds immediately before the request. */
  get requestedAt(): number {
    return this.#requestedAt;
  }

  /** The provider's `Date` minus our clock, in milliseconds. */
  get clockSkew(): number | undefined {
    return this.#clockSkew;
  }

  /**
   * Whether only the proof was refused, and another one has a better chance. Servers check it first (RFC 9449 section 8),
   * so nothing that the request presents is used up.
   */
  get takesAnotherProof(): boolean {
    const { error = '' } = this.facts;
    return (
      this.#knowsBetterProof &&
      ['use_dpop_nonce', 'invalid_dpop_proof'].includes(error)
    );
  }

  /** The custom fetch for the library. */
  readonly fetch = async (
    _url: string,
    init: { headers: Record<string, string>; body?: unknown },
  ): Promise<Response> => {
    const { wire, secrets } = toWire(
      {
        headers: { ...init.headers, 'user-agent': USER_AGENT },
        parameters: this.#parameters(init.body as URLSearchParams),
      },
      this.#call,
    );
    const proof = (init.body as URLSearchParams).get('client_assertion');
    this.#secrets = proof ? [...secrets, proof] : secrets;
    if (this.#tokenKey) {
      const { key, proofs } = this.#tokenKey;
      wire.headers.dpop = await proofs.sign(key, wire);
      this.#secrets.push(wire.headers.dpop);
    }
    const { startWithin, answerWithin, readWithin, onSend } = this.#options;
    const { connectMs, responseMs } = this.#timeouts;
    // The limits include the time for signing an assertion.
    const left = (milliseconds: number | undefined) =>
      milliseconds && milliseconds - (performance.now() - this.#created);
    this.#requestedAt = Date.now();
    const answer = await this.#egress
      .fetch(wire.url, {
        ...wire,
        tls: this.#tls,
        connectMs,
        responseMs: responseMs ?? answerWithin,
        // The configured limit applies to the complete response, not only to its first byte.
        completeMs: responseMs,
        readMs: left(readWithin),
        startWithin: left(startWithin),
        onSend: () => {
          onSend?.();
          this.facts.sent = true;
        },
      })
      .catch((error: EgressError) => {
        this.facts.truncated = error.sent;
        throw error;
      });
    return this.#receive(answer);
  };

  /** Puts extra parameters first. They never override or repeat what the library sets. */
  #parameters(standard: URLSearchParams): Parameter[] {
    const extra = this.#call.parameters.filter(([name]) => !standard.has(name));
    return [...extra, ...standard.entries()];
  }

  async #receive(answer: Response): Promise<Response> {
    const { headers, status } = answer;
    const header = (name: string) => headers.get(name) ?? undefined;
    const contentType = header('content-type');
    this.#body = parseResponseBody(
      new Uint8Array(await answer.arrayBuffer()),
      contentType ?? '',
    );
    this.#clockSkew = clockSkewOf(header('date')) ?? this.#clockSkew;
    if (this.#tokenKey) {
      this.#knowsBetterProof = this.#tokenKey.proofs.note(this.#call.url, {
        nonce: header('dpop-nonce'),
        date: header('date'),
      });
    }
    const translated = this.#translate(status, this.#body);
    Object.assign(this.facts, {
      status,
      contentType: contentType?.split(';')[0].trim().toLowerCase(),
      location: this.#destination(header('location')),
      allow: header('allow')?.slice(0, 100),
      retryAfter: header('retry-after'),
      basicChallenge: /(^|,)\s*Basic\b/i.test(header('www-authenticate') ?? ''),
      ...translated.facts,
    });
    // With WWW-Authenticate, the library would hide the error in the body.
    return new Response(JSON.stringify(translated.body), {
      status: withBody(translated.status),
      headers: { 'content-type': 'application/json' },
    });
  }

  #destination(location: string | undefined): string | undefined {
    if (!location || !URL.canParse(location, this.#call.url)) return undefined;
    const { origin, pathname } = new URL(location, this.#call.url);
    return `${origin}${pathname}`.slice(0, 500);
  }
}

/** Returns the nearest status that allows a `Response` to have a body. */
function withBody(status: number): number {
  if (status === 304) return 300;
  return status === 204 || status === 205 ? 200 : status;
}
