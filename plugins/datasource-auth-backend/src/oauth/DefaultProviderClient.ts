import { LoggerService } from '@backstage/backend-plugin-api';
import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import * as oauth from 'oauth4webapi';
import { Egress } from '../egress/Egress';
import { CredentialFiles } from '../files/CredentialFiles';
import { authorizeParameters, authorizeRequest } from './authorizeRequest';
import { Callback, readCallback } from './callback';
import { callbackFailure } from './callbackFailure';
import { issuerOf, valuesOf } from './contextValues';
import { Exchanger, unsentFacts } from './Exchanger';
import { furtherRequest } from './furtherRequest';
import { FurtherRequests } from './FurtherRequests';
import { GRANT_REQUESTS } from './grants';
import { expectsIdToken } from './openId';
import {
  Answer,
  AuthorizeRequest,
  AuthorizeStep,
  CallbackParameters,
  ExchangeOptions,
  ProviderClient,
  IssuedTokens,
} from './ProviderClient';
import { pushAuthorizeRequest } from './pushedRequest';
import { ProviderContext } from '../settings/ResolvedSettings';
import { refreshContext } from './refreshContext';
import { revokeToken } from './revoke';
import { requestTargets } from './scopes';
import { SettingsError } from '../settings/SettingsError';
import { Signers } from '../signing/Signers';
import { withTokenKey } from './tokenKey';
import { genericRequest, processGeneric, TokenEndpoint } from './TokenEndpoint';

/**
 * Implements OAuth 2.0 with `oauth4webapi`, which enforces the RFCs, and a dialect around it, which adapts requests and
 * responses to what providers really do.
 */
export class DefaultProviderClient implements ProviderClient {
  readonly #egress: Egress;
  readonly #exchanger: Exchanger;
  readonly #tokens: FurtherRequests;

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
    const endpoint = new TokenEndpoint({ exchanger });
    this.#tokens = new FurtherRequests({ exchanger, endpoint });
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
    given: ProviderContext,
    input: {
      code: string;
      codeVerifier?: string;
      nonce?: string;
      state?: string;
    },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const { code, codeVerifier, nonce, state } = input;
    const context = await withTokenKey(given);
    const { redirectUri } = context;
    const values = { ...valuesOf(context), nonce, state, redirectUri };
    const idToken =
      !furtherRequest(context.auth, 'token') && expectsIdToken(context, values);
    return this.#tokens.tokenOrAnswer(context, 'token', {
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
    given: ProviderContext,
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const context = await withTokenKey(given);
    const { grantType } = context.auth;
    const grant = GRANT_REQUESTS[grantType];
    const proofs: string[] = [];
    const values = valuesOf(context);
    return this.#tokens.token(context, {
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
    });
  }

  async refresh(
    given: ProviderContext,
    tokens: { refreshToken: string; accessToken?: string },
    options?: ExchangeOptions,
  ): Promise<IssuedTokens> {
    const { refreshToken, accessToken } = tokens;
    const { keepsAccessToken } = given.auth.refresh ?? {};
    const context = await withTokenKey(refreshContext(given));
    const values = { ...valuesOf(context), accessToken };
    return this.#tokens.tokenOrAnswer(context, 'refresh', {
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
    return this.#tokens.finish(context, answer, {
      values,
      options,
      secrets: [],
    });
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
      await revokeToken(this.#exchanger, context, { url, token, hint }).catch(
        error => failures.push(error),
      );
    }
    if (failures.length) throw failures[0];
  }
}
