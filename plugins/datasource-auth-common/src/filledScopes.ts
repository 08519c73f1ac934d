import { fillInstance } from './instanceValues';

/**
 * Returns the scopes of settings as the provider sees them: plain instance values are filled in. A template whose value
 * is unknown here (a secret, or kept from a response) stays.
 *
 * @public
 */
export function filledScopes(settings: {
  /** Requested scopes, as the settings have them. */
  scopes: readonly string[];
  /** Instance values of the settings. */
  instance?: Record<string, unknown>;
}): string[] {
  return settings.scopes.map(scope => fillInstance(scope, settings.instance));
}
