import {
  RequiredSetting,
  settingAt,
  valueMapsInUse,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

/**
 * Returns the paths of the secret values that requests or assertions contain but that aren't set. Without one, the
 * request would be sent without that header, parameter, or claim.
 */
export function missingSecrets(
  settings: BareSettings,
  secrets: Set<string>,
): RequiredSetting[] {
  return valueMapsInUse(settings.auth).flatMap(map =>
    Object.entries(settingAt(settings, map) ?? {})
      .filter(([, value]) => value !== null && typeof value === 'object')
      .map(([name]) => `${map}.${name}` as RequiredSetting)
      .filter(path => !secrets.has(path)),
  );
}
