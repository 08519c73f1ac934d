import { LoggerService } from '@backstage/backend-plugin-api';
import * as oauth from 'oauth4webapi';
import { Egress } from '../egress/Egress';
import { CredentialFiles } from '../files/CredentialFiles';
import { ResponseFacts } from './ResponseFacts';
import { Signers } from '../signing/Signers';
import { CLIENT_AUTHENTICATIONS } from './clientAuthentications';
import { AuthenticatedRequest } from './clientAuthentications/ClientAuthentication';
import { secretsOf, subjectOf } from './contextValues';
import { diagnose } from './diagnose';
import { DialectFetch, Translate } from './DialectFetch';
import { filledAuth } from './filledAuth';
import { certificateOf, dpopKeyOf } from './keysOfRequest';
import { OAuthExchangeError } from './OAuthExchangeError';
import { ExchangeStep, ProviderCall } from './ProviderCall';
import { ExchangeOptions } from './ProviderClient';
import { remainingLimits } from './remainingLimits';
import { ProviderContext } from '../settings/ResolvedSettings';
import { DpopProofs } from '../signing/DpopProofs';
import { ServerClocks } from '../signing/ServerClocks';
import { tokenValues } from './tokenValues';
import { instanceNamesIn } from './unknownInstanceValue';

/** The arguments for one call of the library. */
export interface LibraryCall {
  server: oauth.AuthorizationServer;
  client: oauth.Client;
  authentication: oauth.ClientAuth;
  /** Epoch milliseconds of the provider's clock if it is known, otherwise of ours. */
  now: number;
  request: AuthenticatedRequest;
  options: {
    [oauth.customFetch]: DialectFetch['fetch'];
    [oauth.allowInsecureRequests]: boolean;
  };
}

/** A request to a provider. */
export interface Exchange<T> {
  context: ProviderContext;
  step: ExchangeStep;
  call: () => ProviderCall;
  translate: Translate;
  /** Values that are sent and must not appear in any text. */
  secrets: Array<string | undefined>;
  options?: ExchangeOptions;
  run: (call: LibraryCall, fetch: DialectFetch) => Promise<T>;
}

/** Accepted signature algorithms of ID tokens. TLS replaces the check of the signature (OIDC Core section 3.1.3.7). */
const ID_TOKEN_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'HS256', 'HS384', 'HS512'],
];

/**
 * Runs a request through the library and the dialect, and turns every failure into a new {@link OAuthExchangeError}. The
 * library's errors contain complete token responses, so they are neither logged nor passed on.
 */
export class Exchanger {
  readonly #egress: Egress;
  readonly #files: CredentialFiles;
  readonly #signers: Signers;
  readonly #logger?: LoggerService;
  readonly #clocks = new ServerClocks();
  readonly #proofs = new DpopProofs({ clocks: this.#clocks });

  constructor(options: {
    egress: Egress;
    files?: CredentialFiles;
    signers?: Signers;
    logger?: LoggerService;
  }) {
    this.#egress = options.egress;
    this.#files = options.files ?? new CredentialFiles();
    this.#signers = options.signers ?? new Signers();
    this.#logger = options.logger;
  }

  /** @throws OAuthExchangeError */
  run<T>(exchange: Exchange<T>): Promise<T> {
    return this.#attempt(exchange, true);
  }

  async #attempt<T>(exchange: Exchange<T>, isFirst: boolean): Promise<T> {
    const { context, step, options = {} } = exchange;
    const key = dpopKeyOf(context, step);
    const started = performance.now();
    let fetch: DialectFetch | undefined;
    try {
      const call = exchange.call();
      const dialect = new DialectFetch({
        egress: this.#egress,
        call,
        translate: exchange.translate,
        timeouts: context.auth.timeouts,
        options: exchange.options,
        tls: certificateOf(context, step),
        tokenKey: key && { key, proofs: this.#proofs },
      });
      fetch = dialect;
      const now = this.#clocks.now(dialect.facts.host);
      const result = await exchange.run(
        await libraryCall(
          {
            ...{ context, call, now },
            request: {
              datasource: context.name,
              origins: [new URL(call.url).origin],
              files: this.#files,
              signers: this.#signers,
            },
          },
          dialect,
        ),
        dialect,
      );
      const { host, status } = dialect.facts;
      this.#logger?.debug(
        `${context.name}: ${step} at ${host} returned ${status}`,
      );
      return result;
    } catch (error) {
      if (isFirst && fetch?.takesAnotherProof) {
        const elapsed = performance.now() - started;
        return await this.#attempt(
          { ...exchange, options: remainingLimits(options, elapsed) },
          false,
        );
      }
      throw this.explain(context, step, error, fetch?.facts, [
        ...exchange.secrets,
        ...(fetch?.secrets ?? []),
        ...tokenValues(fetch?.body.value, context.auth),
        ...tokenValues(fetch?.body.text, context.auth),
      ]);
    } finally {
      // Rejections also have the time, and signed requests can be rejected because of a wrong clock.
      if (fetch) this.#clocks.note(fetch.facts.host, fetch.clockSkew);
    }
  }

  /** Explains an error of a step. An error that is already explained stays as it is. */
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
  input: {
    context: ProviderContext;
    call: ProviderCall;
    now: number;
    request: AuthenticatedRequest;
  },
  fetch: DialectFetch,
): Promise<LibraryCall> {
  const { context, call, now, request } = input;
  const auth = filledAuth(context);
  const endpoint = call.url.split('?')[0];
  const method = CLIENT_AUTHENTICATIONS[auth.clientAuthentication];
  return {
    server: {
      // The library requires an issuer. If none is configured, nothing is compared with it.
      issuer: auth.issuer || new URL(endpoint).origin,
      token_endpoint: call.url,
      revocation_endpoint: call.url,
      pushed_authorization_request_endpoint: call.url,
      id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
    },
    // The library requires a client ID. The client authentication sends the real one, if any.
    client: { client_id: auth.clientId || 'none' },
    authentication:
      // A further request has what the settings say, and can go to another host.
      call.step === 'then'
        ? oauth.None()
        : await method.authenticate(auth, endpoint, now, request),
    request,
    now,
    options: {
      [oauth.customFetch]: fetch.fetch,
      // The egress rules decide whether plain HTTP is allowed.
      [oauth.allowInsecureRequests]: true,
    },
  };
}

/** Returns the facts that are known before the call. */
export function unsentFacts(
  { auth }: ProviderContext,
  step: ExchangeStep,
): ResponseFacts {
  const url = step === 'authorize' ? auth.authorize.url : auth.token.url;
  const [, host = ''] = /^https?:\/\/([^/?#]+)/i.exec(url ?? '') ?? [];
  const [endpoint] = (url ?? '').split(/[?#]/);
  return {
    method: 'POST',
    endpoint,
    instance: instanceNamesIn(endpoint),
    host,
    sent: false,
  };
}
