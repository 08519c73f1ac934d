import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import { IDToken } from 'oauth4webapi';
import { ProviderContext } from '../settings/ResolvedSettings';
import { sendsScope } from './scopes';
import { TemplateValues } from '../settings/templates';

/**
 * Returns whether the approval is requested with OpenID Connect. Then the request has a nonce, which some servers require
 * (OpenID Connect Core section 3.1.2.1). The scopes that are sent decide, because a template can contain the scope.
 */
export function requestsOpenId(
  context: ProviderContext,
  values: TemplateValues,
): boolean {
  return (
    GRANTS[context.auth.grantType].approval === 'person' &&
    sendsScope(context, values, 'openid')
  );
}

/**
 * Returns whether the response must have an ID token, which is then validated with the nonce. Without a configured issuer,
 * ID tokens are dropped unread, because there is nothing to compare them with.
 */
export function expectsIdToken(
  context: ProviderContext,
  values: TemplateValues,
): boolean {
  return Boolean(context.auth.issuer) && requestsOpenId(context, values);
}

/** Returns the account of a credential: the most readable claim of a validated ID token. */
export function accountOf(claims: IDToken | undefined): string | undefined {
  for (const claim of ['preferred_username', 'email', 'name', 'sub']) {
    const value = claims?.[claim];
    if (typeof value === 'string' && value.trim())
      return value.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200);
  }
  return undefined;
}
