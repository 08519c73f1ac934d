import { isApprovedByPerson } from './grants';
import { Preset, PresetScope, PresetWay } from './preset';

/** Scopes about a person: who it is, and a refresh token for what was approved. */
const PERSONAL: readonly string[] = ['openid', 'offline_access'];

/**
 * Returns the scopes that a preset suggests for one way, with their meanings.
 *
 * @public
 */
export function presetScopes(
  { registration }: Pick<Preset, 'registration'>,
  way: PresetWay,
): PresetScope[] {
  if (way === 'static') return [];
  const byPerson = isApprovedByPerson(way);
  return registration.scopes.filter(
    ({ scope, ways }) =>
      (!ways || ways.includes(way)) && (byPerson || !PERSONAL.includes(scope)),
  );
}
