import { LoggerService } from '@backstage/backend-plugin-api';
import {
  GRANTS,
  GrantType,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import * as oauth from 'oauth4webapi';
import { Egress } from '../egress/Egress';
import { CredentialFiles } from '../files/CredentialFiles';
import { authorizeParameters, authorizeRequest } from './authorizeRequest';
import { Callback, readCallback } from './callback';
import { callbackFailure } from './callbackFailure';
import { issuerOf, valuesOf } from './contextValues';
import { StandardResponse, fromWire } from './dialect';
import { DialectFetch } from './DialectFetch';
import { Exchanger, LibraryCall, unsentFacts } from './Exchanger';
import {
  answersSent,
  furtherCall,
  furtherRequest,
  judgeAnswer,
  readAnswer,
} from './furtherRequest';
import { GRANT_REQUESTS } from './grants';
import { isToken } from './legibility';
import { accountOf, expectsIdToken } from './openId';
import {
  Answer,
  AuthorizeRequest,
  AuthorizeStep,
  CallbackParameters,
  ExchangeOptions,
  ProviderClient,
  IssuedTokens,
} from './ProviderClient';
import { plainCall, tokenCall } from './ProviderCall';
import { pushAuthorizeRequest } from './pushedRequest';
import { ProviderContext } from '../settings/ResolvedSettings';
import { refreshContext } from './refreshContext';
import { readPath } from './responseBody';
import { translateRevocation } from './revoke';
import { requestTargets } from './scopes';
import { SettingsError } from '../settings/SettingsError';
import { Signers } from '../signing/Signers';
import { TemplateValues } from '../settings/templates';
import { toIssuedTokens } from './toIssuedTokens';

/** A request to the token endpoint, and how the library checks the response. */
interface TokenRequest {
  step: GrantType | 'refresh';
  values: TemplateValues;
  options?: ExchangeOptions;
  /** Whether to validate the ID token of the response. Otherwise it is dropped. */
  idToken?: boolean;
  /** The access token that the response only prolongs. */
  keptToken?: string;
  secrets: Array<string | undefined>;
  request: (call: LibraryCall) => Promise<Response>;
  process: (
    call: LibraryCall,
    response: Response,
  ) => Promise<oauth.TokenEndpointResponse>;
}

/** Both requests for a token together. Milliseconds. */
const LONGEST_EXCHANGE = 50_000;

const processGeneric: TokenRequest['process'] = (
  { server, client },
  response,
) => oauth.processGenericTokenEndpointResponse(server, client, response);

/**
 * Implements OAuth 2.0 with `oauth4webapi`, which enforces the RFCs, and a dialect around it, which adapts requests and
 * responses to what providers really do.
 */
export class DefaultProviderClient implements ProviderClient {
  readonly #egress: Egress;
  readonly #exchanger: Exchanger;

  static create(options: {
    egress: Egress;
    files?: CredentialFiles;
    signers?: Signers;
    logger?: LoggerService;
  }): DefaultProviderClient {
    return new DefaultProviderClient(options.egress, new Exchanger(options));
  }

  private constructor(egress: Egress, exchanger: Exchanger) {
    this.#egress = egress;
    this.#exchanger = exchanger;
  }

  async authorizeRequest(
    context: ProviderContext,
    step: AuthorizeStep,
  ): Promise<AuthorizeRequest> {
    try {
      const parameters = await authorizeParameters(context, step);
      const request = context.auth.authorize.pushedRequestUrl
        ? await pushAuthorizeRequest(this.#exchanger, context, step, parameters)
        : authorizeRequest(context, step, parameters);
      this.#egress.check(request.url);
      return request;
    } catch (error) {
      throw this.#exchanger.explain(context, 'authorize', error);
    }
  }

  readCallback(
    context: ProviderContext,
    parameters: CallbackParameters,
  ): Callback {
    let expectedIssuer: string | undefined;
    try {
      expectedIssuer = issuerOf(context);
      return readCallback(context, expectedIssuer, parameters);
    } catch (error) {
      throw callbackFailure(error, {
        context,
        expectedIssuer,
        facts: unsentFacts(context, 'authorize'),
        // Any other parameter may be a code under another name.
        secrets: Object.entries(parameters)
          .filter(([name]) => !/^(error|iss$)/.test(name))
          .map(([, value]) => value),
      });
    }
  }

  async exchangeCode(
    context: ProviderContext,
    input: {
      code: string;
      codeVerifier?: string;
      nonce?: string;
      state?: string;
    },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const { code, codeVerifier, nonce, state } = input;
    const { redirectUri } = context;
    const values = { ...valuesOf(context), nonce, state, redirectUri };
    const idToken =
      !furtherRequest(context.auth, 'token') && expectsIdToken(context, values);
    return this.#tokenOrAnswer(context, 'token', {
      step: 'authorization_code',
      values,
      options,
      idToken,
      secrets: [code, codeVerifier, nonce, state],
      request: call => {
        // The callback was validated on arrival. This only tells the library.
        const callback = oauth.validateAuthResponse(
          { issuer: call.server.issuer },
          call.client,
          new URLSearchParams({ code }),
          oauth.skipStateCheck,
        );
        return oauth.authorizationCodeGrantRequest(
          call.server,
          call.client,
          call.authentication,
          callback,
          context.redirectUri,
          codeVerifier ?? oauth.nopkce,
          {
            ...call.options,
            additionalParameters: requestTargets(context, values, {}),
          },
        );
      },
      process: ({ server, client }, response) =>
        oauth.processAuthorizationCodeResponse(
          server,
          client,
          response,
          idToken ? { expectedNonce: nonce, requireIdToken: true } : {},
        ),
    });
  }

  async requestToken(
    context: ProviderContext,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const { grantType } = context.auth;
    const grant = GRANT_REQUESTS[grantType];
    const proofs: string[] = [];
    const values = valuesOf(context);
    const request: TokenRequest = {
      step: grantType,
      values,
      options,
      secrets: proofs,
      request: async call => {
        if (!grant.parameters) throw new SettingsError('personRequired');
        const parameters = requestTargets(context, values, {
          scope: true,
          audience: true,
        });
        const own = await grant.parameters(
          context,
          values,
          call.now,
          call.request,
        );
        for (const [name, value] of Object.entries(own))
          parameters.set(name, value);
        proofs.push(...(grant.proofs ?? []).map(name => own[name]));
        return genericRequest(call, grant.grantType, parameters);
      },
      process: processGeneric,
    };
    if (!furtherRequest(context.auth, 'token'))
      return this.#token(context, request);
    // The first request can be repeated, so nothing has to be stored between the two.
    const started = performance.now();
    const { answer } = await this.#answer(context, 'token', request);
    const { readWithin = LONGEST_EXCHANGE, answerWithin } = options ?? {};
    const left = readWithin - (performance.now() - started);
    return this.#further(context, answer, {
      values,
      options: { answerWithin, readWithin: Math.max(1, left) },
      secrets: proofs,
    });
  }

  async refresh(
    given: ProviderContext,
    tokens: { refreshToken: string; accessToken?: string },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const { refreshToken, accessToken } = tokens;
    const { keepsAccessToken } = given.auth.refresh ?? {};
    const context = refreshContext(given);
    const values = { ...valuesOf(context), accessToken };
    return this.#tokenOrAnswer(context, 'refresh', {
      step: 'refresh',
      values,
      options,
      keptToken: keepsAccessToken ? accessToken : undefined,
      secrets: [refreshToken, accessToken],
      request: async call => {
        const { grantType, refresh } = context.auth;
        const parameters = requestTargets(context, values, {
          scope: refresh?.sendScope || refresh?.scopes !== undefined,
        });
        if (refresh?.redirectUri && GRANTS[grantType].approval === 'person')
          parameters.set('redirect_uri', context.redirectUri);
        // Some providers refresh with the access token, which is then an extra parameter.
        if (refreshToken) parameters.set('refresh_token', refreshToken);
        return genericRequest(call, 'refresh_token', parameters);
      },
      process: ({ server, client }, response) =>
        oauth.processRefreshTokenResponse(server, client, response),
    });
  }

  async finish(
    given: ProviderContext,
    answer: Answer,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const context = answer.to === 'refresh' ? refreshContext(given) : given;
    const values = valuesOf(context);
    return this.#further(context, answer, { values, options, secrets: [] });
  }

  async revoke(
    context: ProviderContext,
    tokens: { refreshToken?: string; accessToken?: string },
  ): Promise<void> {
    const url = context.auth.revoke?.url;
    if (!url) return;
    const failures: unknown[] = [];
    const inOrder = [
      { hint: 'refresh_token', token: tokens.refreshToken },
      { hint: 'access_token', token: tokens.accessToken },
    ];
    for (const { hint, token } of inOrder) {
      if (!token) continue;
      // If one fails, the other can still succeed.
      await this.#revokeOne(context, url, token, hint).catch(error =>
        failures.push(error),
      );
    }
    if (failures.length) throw failures[0];
  }

  #revokeOne(
    context: ProviderContext,
    url: string,
    token: string,
    hint: string,
  ): Promise<void> {
    return this.#exchanger.run({
      context,
      step: 'revoke',
      call: () => plainCall('revoke', url, valuesOf(context)),
      translate: (status, body) =>
        translateRevocation(status, body, context.auth),
      secrets: [token],
      run: async ({ server, client, authentication, options }) => {
        const response = await oauth.revocationRequest(
          server,
          client,
          authentication,
          token,
          { ...options, additionalParameters: { token_type_hint: hint } },
        );
        await oauth.processRevocationResponse(response);
      },
    });
  }

  #token(context: ProviderContext, grant: TokenRequest): Promise<IssuedTokens> {
    const { step, values, idToken = false, keptToken } = grant;
    let received: StandardResponse | undefined;
    return this.#exchanger.run({
      context,
      step,
      call: () => tokenCall(context, step, values),
      translate: (status, body) => {
        received = fromWire(status, body, context.auth, {
          idToken,
          keptToken,
        });
        return received;
      },
      secrets: grant.secrets,
      options: grant.options,
      run: async (call, fetch) => {
        const response = await grant.request(call);
        const tokens = await grant.process(call, response);
        return issued(context, tokens, received!, fetch);
      },
    });
  }

  /** Gets a token, or what the further request for it needs. What the first request presents can be used only once. */
  async #tokenOrAnswer(
    context: ProviderContext,
    to: Answer['to'],
    grant: TokenRequest,
  ): Promise<IssuedTokens> {
    return furtherRequest(context.auth, to)
      ? this.#answer(context, to, grant)
      : this.#token(context, grant);
  }

  #answer(
    context: ProviderContext,
    to: Answer['to'],
    grant: TokenRequest,
  ): Promise<IssuedTokens & { answer: Answer }> {
    const { step, values, secrets, options } = grant;
    const { auth, kept } = context;
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
          ...{ kept, requestedAt, clockSkew },
        };
      },
    });
  }

  #further(
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
        received = fromWire(status, body, context.auth, { idToken: false });
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
}

function issued(
  context: ProviderContext,
  tokens: oauth.TokenEndpointResponse,
  received: StandardResponse,
  fetch: DialectFetch,
): IssuedTokens {
  return toIssuedTokens({
    context,
    tokens: {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      tokenType: received.tokenType,
      scope: tokens.scope,
    },
    // What is a token as a whole has no fields, whatever it looks like.
    body:
      context.auth.response.accessToken === WHOLE_RESPONSE
        ? undefined
        : fetch.body.value,
    requestedAt: fetch.requestedAt,
    clockSkew: fetch.clockSkew,
    account: accountOf(oauth.getValidatedIdTokenClaims(tokens)),
  });
}

function genericRequest(
  call: LibraryCall,
  grantType: string,
  parameters: URLSearchParams,
): Promise<Response> {
  return oauth.genericTokenEndpointRequest(
    call.server,
    call.client,
    call.authentication,
    grantType,
    parameters,
    call.options,
  );
}
