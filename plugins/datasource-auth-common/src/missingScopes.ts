import { filledScopes } from './filledScopes';
import { templateExpressions } from './templates';

/** Scopes that request something other than access, and that some providers don't echo. */
const SILENT_SCOPES = ['openid', 'profile', 'email'];

/**
 * Returns the requested scopes that a provider didn't grant. A scope that a refresh token proves counts as granted. One
 * with a template whose value is unknown here (a secret, or kept from a response) isn't compared.
 *
 * @public
 */
export function missingScopes(options: {
  /** Requested scopes from the settings. */
  scopes: readonly string[];
  /** Instance values from the settings. */
  instance?: Record<string, unknown>;
  /** Granted scopes, space-separated; absent if the provider doesn't return them. */
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
