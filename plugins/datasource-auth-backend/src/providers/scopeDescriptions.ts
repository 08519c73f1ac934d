import {
  filledScopes,
  originsOf,
  Preset,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from '../settings/secrets';
import { oauthOf } from '../settings/oauthOf';

/**
 * Returns the scopes of a datasource as the provider sees them, each with its description: from the datasource's API
 * description, otherwise from the presets for the server where users approve.
 */
export function describeScopes(
  settings: BareSettings,
  presets: Preset[],
): Array<{ scope: string; description?: string }> {
  const { importedFrom } = settings;
  const auth = oauthOf(settings);
  const known = new Map<string, string | undefined>();
  const here = originsOf(settings, [auth.authorize.url]);
  for (const { settings: preset, registration } of presets) {
    const url = preset.auth?.authorize?.url;
    if (!url || !URL.canParse(url) || !here.has(new URL(url).origin)) continue;
    for (const { scope, description } of registration.scopes) {
      known.set(scope, description);
    }
  }
  for (const { scope, description } of importedFrom?.scopes ?? []) {
    if (description) known.set(scope, description);
  }
  const sent = filledScopes({
    scopes: auth.scopes,
    instance: settings.instance,
  });
  return sent.map((scope, index) => ({
    scope,
    description: known.get(scope) ?? known.get(auth.scopes[index]),
  }));
}
