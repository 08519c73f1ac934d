import { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import * as oauth from 'oauth4webapi';
import { Egress } from '../egress/Egress';
import { ResponseFacts } from './ResponseFacts';
import { CLIENT_AUTHENTICATIONS } from './clientAuthentications';
import { secretsOf, subjectOf } from './contextValues';
import { diagnose } from './diagnose';
import { DialectFetch, Translate } from './DialectFetch';
import { filledAuth } from './filledAuth';
import { OAuthExchangeError } from './OAuthExchangeError';
import { ExchangeStep, ProviderCall } from './ProviderCall';
import { ExchangeOptions } from './ProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';
import { tokenValues } from './tokenValues';

/** What one call of the library is given. */
export interface LibraryCall {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  authentication: oauth.ClientAuth;
  /** Epoch milliseconds of the provider's clock, as far as it is known. */
  now: number;
  options: {
    [oauth.customFetch]: DialectFetch['fetch'];
    [oauth.allowInsecureRequests]: boolean;
  };
}

/** One request to a provider. */
export interface Exchange<T> {
  context: ProviderContext;
  step: ExchangeStep;
  call: () => ProviderCall;
  translate: Translate;
  /** What is sent and must not come back in any text. */
  secrets: Array<string | undefined>;
  options?: ExchangeOptions;
  run: (call: LibraryCall, fetch: DialectFetch) => Promise<T>;
}

/** Signature algorithms of ID tokens that are taken; the signature itself is vouched for by TLS (OIDC Core 3.1.3.7). */
const ID_TOKEN_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'HS256', 'HS384', 'HS512'],
];

/** A provider that is further apart doesn't tell its time. An assertion is never dated into another hour for it. */
const MOST_SKEW = 10 * 60_000;

/**
 * Runs one request through the library with the dialect around it, and turns whatever fails into a fresh
 * {@link OAuthExchangeError}: the library's errors carry whole token responses and are neither logged nor handed on.
 */
export class Exchanger {
  readonly #egress: Egress;
  readonly #logger?: LoggerService;
  /** By how many milliseconds a provider's clock is ahead of ours, by host. */
  readonly #skews = new LRUCache<string, number>({ max: 1_000 });

  constructor(options: { egress: Egress; logger?: LoggerService }) {
    this.#egress = options.egress;
    this.#logger = options.logger;
  }

  /** @throws OAuthExchangeError */
  async run<T>(exchange: Exchange<T>): Promise<T> {
    const { context, step } = exchange;
    let fetch: DialectFetch | undefined;
    try {
      const call = exchange.call();
      const dialect = new DialectFetch({
        egress: this.#egress,
        call,
        translate: exchange.translate,
        timeouts: context.auth.timeouts,
        options: exchange.options,
        tls: CLIENT_AUTHENTICATIONS[context.auth.clientAuthentication].tls?.(
          context.auth,
        ),
      });
      fetch = dialect;
      const now = Date.now() + (this.#skews.get(dialect.facts.host) ?? 0);
      const result = await exchange.run(
        await libraryCall({ context, call, now }, dialect),
        dialect,
      );
      const { host, status } = dialect.facts;
      this.#logger?.debug(
        `${context.name}: ${step} at ${host} answered ${status}`,
      );
      return result;
    } catch (error) {
      throw this.explain(context, step, error, fetch?.facts, [
        ...exchange.secrets,
        ...tokenValues(fetch?.body.value, context.auth),
      ]);
    } finally {
      // Refusals tell the time as well, and a wrong clock is why signed requests are refused.
      this.#noteClock(fetch);
    }
  }

  #noteClock(fetch: DialectFetch | undefined): void {
    if (fetch?.clockSkew === undefined) return;
    const { host } = fetch.facts;
    if (Math.abs(fetch.clockSkew) <= MOST_SKEW)
      this.#skews.set(host, fetch.clockSkew);
    else this.#skews.delete(host);
  }

  /** Explains what was thrown in a step; what is explained already stays as it is. */
  explain(
    context: ProviderContext,
    step: ExchangeStep,
    error: unknown,
    facts: ResponseFacts = unsentFacts(context, step),
    secrets: Array<string | undefined> = [],
  ): OAuthExchangeError {
    if (error instanceof OAuthExchangeError) return error;
    const explained = diagnose({
      step,
      error,
      facts,
      subject: subjectOf(context),
      auth: context.auth,
      secrets: [
        ...secretsOf(context),
        ...secrets.filter((secret): secret is string => Boolean(secret)),
      ],
    });
    const { outcome, diagnosis } = explained;
    this.#logger?.debug(
      `${context.name}: ${step} at ${facts.host} failed with ${
        diagnosis.code
      } (status ${facts.status ?? 'none'}, ${outcome})`,
    );
    return explained;
  }
}

async function libraryCall(
  request: { context: ProviderContext; call: ProviderCall; now: number },
  fetch: DialectFetch,
): Promise<LibraryCall> {
  const { context, call, now } = request;
  const auth = filledAuth(context);
  const endpoint = call.url.split('?')[0];
  const method = CLIENT_AUTHENTICATIONS[auth.clientAuthentication];
  return {
    server: {
      // The library wants an issuer; where none is configured, nothing is compared with it.
      issuer: auth.issuer || new URL(endpoint).origin,
      token_endpoint: call.url,
      revocation_endpoint: call.url,
      pushed_authorization_request_endpoint: call.url,
      id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
    },
    // The library wants a client id; the client authentication writes the real one, if there is one.
    client: { client_id: auth.clientId || 'none' },
    authentication: await method.authenticate(auth, endpoint, now),
    now,
    options: {
      [oauth.customFetch]: fetch.fetch,
      // Plain http is for the egress door to allow.
      [oauth.allowInsecureRequests]: true,
    },
  };
}

/** What is known before there is a call. */
export function unsentFacts(
  { auth }: ProviderContext,
  step: ExchangeStep,
): ResponseFacts {
  const url = step === 'authorize' ? auth.authorize.url : auth.token.url;
  const [, host = ''] = /^https?:\/\/([^/?#]+)/i.exec(url ?? '') ?? [];
  return {
    method: 'POST',
    endpoint: (url ?? '').split(/[?#]/)[0],
    host,
    sent: false,
  };
}
