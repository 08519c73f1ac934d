import { IDToken } from 'oauth4webapi';
import { ProviderContext } from './ResolvedSettings';

/**
 * Whether a datasource speaks OpenID Connect: only then an ID token is asked for, expected and validated. Everywhere
 * else one that comes along is dropped, because nobody said whose it should be.
 */
export function isOpenId({ auth }: ProviderContext): boolean {
  return (
    auth.grantType === 'authorization_code' &&
    Boolean(auth.issuer) &&
    auth.scopes.includes('openid')
  );
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
