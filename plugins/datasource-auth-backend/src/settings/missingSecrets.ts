import {
  CLIENT_AUTHENTICATIONS,
  clientAuthenticationsOf,
  isFromSettings,
  oauth2Settings,
  RequiredSetting,
  settingAt,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

const CLIENT_CLAIMS = 'auth.clientAssertion.claims';

/**
 * Returns the paths of the secret values that calls or assertions contain but that aren't set. Without one, the request
 * would be sent without that header, parameter, or claim.
 */
export function missingSecrets(
  settings: BareSettings,
  secrets: Set<string>,
): RequiredSetting[] {
  return mapsInUse(settings).flatMap(map =>
    Object.entries(settingAt(settings, map) ?? {})
      .filter(([, value]) => value !== null && typeof value === 'object')
      .map(([name]) => `${map}.${name}` as const)
      .filter(path => !secrets.has(path)),
  );
}

/** Returns the paths of the maps whose values are all sent or signed. */
function mapsInUse({ auth }: BareSettings) {
  const oauth = oauth2Settings(auth);
  const signsAsClient =
    oauth &&
    clientAuthenticationsOf(oauth).some(method =>
      CLIENT_AUTHENTICATIONS[method].valueMaps.includes(CLIENT_CLAIMS),
    );
  return [
    ...(isFromSettings(auth) ? (['auth.headers', 'auth.query'] as const) : []),
    'auth.assertion.claims' as const,
    ...(signsAsClient ? ([CLIENT_CLAIMS] as const) : []),
    'api.headers' as const,
    'api.query' as const,
  ];
}
