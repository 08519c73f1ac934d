import { filledScopes } from './filledScopes';
import { templateExpressions } from './templates';

/** Scopes that ask for something besides access, and are not echoed by all providers. */
const SILENT_SCOPES = ['openid', 'profile', 'email'];

/**
 * Returns the requested scopes that a provider did not grant. A scope that a refresh token stands for was granted, said
 * or not; one with a template whose value is unknown here (a secret, or kept from a response) is not compared.
 *
 * @public
 */
export function missingScopes(options: {
  /** Requested scopes, as the settings have them. */
  scopes: readonly string[];
  /** Instance values of the settings. */
  instance?: Record<string, unknown>;
  /** Granted scopes, separated by spaces; absent where the provider does not say. */
  granted: string | undefined;
  hasRefreshToken: boolean;
}): string[] {
  const { granted, hasRefreshToken } = options;
  if (!granted) return [];
  const given = granted.split(/[\s,]+/);
  return filledScopes(options).filter(
    scope =>
      !given.includes(scope) &&
      !SILENT_SCOPES.includes(scope) &&
      !(scope === 'offline_access' && hasRefreshToken) &&
      templateExpressions(scope).length === 0,
  );
}
