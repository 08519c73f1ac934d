import { GrantType } from './authSettings';
import { DatasourceSettingsInput } from './settings';
import { Preset, PresetSettings } from './presetSchema';

/**
 * Settings without a name: what the form starts from.
 *
 * @public
 */
export type SettingsDraft = Omit<DatasourceSettingsInput, 'name'>;

/**
 * The settings of a preset for one grant, with what only another grant needs left out.
 *
 * @public
 */
export function presetDraft(
  preset: Pick<Preset, 'settings' | 'variants'>,
  grantType: GrantType,
): SettingsDraft {
  const { auth = {}, ...rest } = merge(
    preset.settings,
    preset.variants[grantType] ?? {},
  ) as PresetSettings;
  const { authorize, callback, redirectUri, pkce, refresh, ...token } = auth;
  const browser = { authorize, callback, redirectUri, pkce };
  return withoutAbsent({
    ...rest,
    auth: withoutAbsent({
      grantType,
      ...token,
      ...(grantType === 'authorization_code' && browser),
      // RFC 6749 section 4.4.3: client credentials come without a refresh token
      ...(grantType !== 'client_credentials' && { refresh }),
    }),
  });
}

/** Maps are merged, everything else replaces. */
function merge(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over === undefined ? base : over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = merge(merged[key], value);
  }
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as T;
}
