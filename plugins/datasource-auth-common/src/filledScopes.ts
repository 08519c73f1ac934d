import { fillInstance } from './instanceValues';

/**
 * Returns the scopes as the provider sees them, with plain instance values filled in. A template whose value is unknown
 * here (a secret, or kept from a response) stays.
 *
 * @public
 */
export function filledScopes(settings: {
  /** Requested scopes from the settings. */
  scopes: readonly string[];
  /** Instance values from the settings. */
  instance?: Record<string, unknown>;
}): string[] {
  return settings.scopes.map(scope => fillInstance(scope, settings.instance));
}
