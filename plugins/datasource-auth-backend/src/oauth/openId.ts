import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import { IDToken } from 'oauth4webapi';
import { ProviderContext } from '../settings/ResolvedSettings';
import { sendsScope } from './scopes';
import { TemplateValues } from '../settings/templates';

/**
 * Whether a person's approval is requested with OpenID Connect: then the request carries a nonce, which some servers
 * demand (OpenID Connect Core section 3.1.2.1). Decided by what is sent: a template can stand for the scope.
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
 * Whether the response must have an ID token, which is then validated with the nonce. Without a configured issuer there
 * is nothing to compare it with: an ID token is dropped unread.
 */
export function expectsIdToken(
  context: ProviderContext,
  values: TemplateValues,
): boolean {
  return Boolean(context.auth.issuer) && requestsOpenId(context, values);
}

/** The account a credential acts as, by the most readable claim of a validated ID token. */
export function accountOf(claims: IDToken | undefined): string | undefined {
  for (const claim of ['preferred_username', 'email', 'name', 'sub']) {
    const value = claims?.[claim];
    if (typeof value === 'string' && value.trim())
      return value.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200);
  }
  return undefined;
}
