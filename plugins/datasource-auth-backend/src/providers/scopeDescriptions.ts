import { originsOf, Preset } from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from '../datasources/secrets';

/**
 * What is known of the scopes of a datasource: from the API description that it was made from, else from the presets for
 * the server where people approve.
 */
export function describeScopes(
  settings: BareSettings,
  presets: Preset[],
): Array<{ scope: string; description?: string }> {
  const { auth, importedFrom } = settings;
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
  return auth.scopes.map(scope => ({ scope, description: known.get(scope) }));
}
