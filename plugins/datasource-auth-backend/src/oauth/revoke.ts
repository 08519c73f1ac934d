import * as oauth from 'oauth4webapi';
import { ResponseBody } from './responseBody';
import { valuesOf } from './contextValues';
import { TranslatedResponse } from './DialectFetch';
import { Exchanger } from './Exchanger';
import { plainCall } from './ProviderCall';
import { readProviderError } from './providerError';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';

/**
 * Translates the response of a revocation endpoint to the form of RFC 7009 section 2.2. Every success is 200. An invalid
 * token counts as revoked, even if the server returns an error against the RFC. So does a token type that can't be revoked
 * (section 2.2.1), because another attempt wouldn't change that.
 */
function translateRevocation(
  status: number,
  body: ResponseBody,
  auth: ResolvedAuth,
): TranslatedResponse {
  const found =
    body.value === undefined
      ? undefined
      : readProviderError(status, body.value, auth);
  const done =
    (status >= 200 && status < 300) ||
    (status < 500 &&
      /^(invalid_token|unsupported_token_type|token_not_found)$/.test(
        found?.error ?? '',
      ));
  if (done) return { status: 200, body: {}, facts: {} };
  return {
    status,
    body: found ? { error: found.error } : {},
    facts: {
      error: found?.error,
      errorDescription: found?.description,
      errorConfigured: found?.configured,
      html: body.kind === 'html',
    },
  };
}

/**
 * Revokes one token (RFC 7009).
 *
 * @throws OAuthExchangeError
 */
export function revokeToken(
  exchanger: Exchanger,
  context: ProviderContext,
  request: { url: string; token: string; hint: string },
): Promise<void> {
  const { url, token, hint } = request;
  return exchanger.run({
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
