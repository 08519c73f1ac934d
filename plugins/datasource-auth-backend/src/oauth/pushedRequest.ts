import * as oauth from 'oauth4webapi';
import { ResponseBody } from './responseBody';
import { valuesOf } from './contextValues';
import { TranslatedResponse } from './DialectFetch';
import { Exchanger } from './Exchanger';
import { plainCall } from './ProviderCall';
import { AuthorizeRequest, AuthorizeStep } from './ProviderClient';
import { readProviderError } from './providerError';
import {
  Parameter,
  encodeForm,
  withQuery,
  withoutReserved,
} from './queryString';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';
import { SettingsError } from '../settings/SettingsError';
import { resolveText, resolveUrl } from '../settings/templates';

/** Used if the server doesn't return a lifetime. The request URI is used immediately. */
const ASSUMED_LIFETIME_SECONDS = 60;

/**
 * Translates the response of a pushed authorization request to the form of RFC 9126 section 2.2: 201, with a lifetime.
 */
function translatePushedRequest(
  status: number,
  body: ResponseBody,
  auth: ResolvedAuth,
): TranslatedResponse {
  const value = (body.value ?? {}) as Record<string, unknown>;
  const found = readProviderError(status, value, auth);
  if (found || status >= 300 || status < 200) {
    return {
      status: found && status < 300 ? 400 : status,
      body: found ? { error: found.error } : {},
      facts: {
        error: found?.error,
        errorDescription: found?.description,
        errorConfigured: found?.configured,
        html: body.kind === 'html',
      },
    };
  }
  return {
    status: 201,
    body: {
      request_uri: value.request_uri,
      expires_in:
        typeof value.expires_in === 'number'
          ? value.expires_in
          : ASSUMED_LIFETIME_SECONDS,
    },
    facts: {},
  };
}

/**
 * Pushes an authorization request (RFC 9126), so that the browser only gets the client ID and a reference.
 *
 * @throws OAuthExchangeError, SettingsError
 */
export async function pushAuthorizeRequest(
  exchanger: Exchanger,
  context: ProviderContext,
  step: AuthorizeStep,
  parameters: readonly Parameter[],
): Promise<AuthorizeRequest> {
  const { authorize, clientId } = context.auth;
  if (!authorize.url || !authorize.pushedRequestUrl || !clientId)
    throw new SettingsError('authorizeUrlOrClientIdMissing');
  const values = valuesOf(context);
  const url = withoutReserved(resolveUrl(authorize.url, values));
  const pushTo = authorize.pushedRequestUrl;
  const requestUri = await exchanger.run({
    context,
    step: 'push',
    call: () => plainCall('push', pushTo, values),
    translate: (status, body) =>
      translatePushedRequest(status, body, context.auth),
    secrets: [step.codeVerifier, step.state, step.nonce],
    run: async ({ server, client, authentication, options }) => {
      const response = await oauth.pushedAuthorizationRequest(
        server,
        client,
        authentication,
        new URLSearchParams(parameters.map(([name, value]) => [name, value])),
        options,
      );
      const answer = await oauth.processPushedAuthorizationResponse(
        server,
        client,
        response,
      );
      return answer.request_uri;
    },
  });
  const pushed: Parameter[] = [
    ['client_id', resolveText(clientId, values)],
    ['request_uri', requestUri],
  ];
  const names = [...parameters, ...pushed].map(([name]) => name);
  return { method: 'GET', url: withQuery(url, names, encodeForm(pushed)) };
}
