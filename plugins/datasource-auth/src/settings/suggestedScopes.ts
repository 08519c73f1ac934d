import {
  GrantType,
  originsOf,
  Preset,
  presetDraft,
  PresetScope,
  presetScopes,
} from 'backstage-plugin-datasource-auth-common';

/** What a form says about the provider. */
export interface ProviderOfForm {
  grantType: GrantType;
  baseUrl: string;
  /** Authorize and token URL. */
  urls: string[];
  /** Plain instance values. */
  instance: Record<string, string>;
}

/**
 * Returns the scopes that presets suggest for the provider of a form, with their meanings. Several presets can share a
 * login server, for example those of Microsoft. Then those for the API of the form count.
 */
export function suggestedScopes(
  presets: Preset[],
  form: ProviderOfForm,
): PresetScope[] {
  const { grantType, instance } = form;
  const here = originsOf({ instance }, form.urls);
  const sharing = presets.filter(preset => {
    if (!preset.ways.includes(grantType)) return false;
    const { authorize, token } = presetDraft(preset, grantType).auth;
    const origins = originsOf({ instance }, [authorize?.url, token?.url]);
    return [...origins].some(origin => here.has(origin));
  });
  const same = sharing.filter(
    ({ settings }) => form.baseUrl && settings.baseUrl === form.baseUrl,
  );
  return (same.length ? same : sharing).flatMap(preset =>
    presetScopes(preset, grantType),
  );
}
