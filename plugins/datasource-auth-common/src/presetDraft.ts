import { GRANTS, GrantType } from './grants';
import { foreignMembers } from './kinds';
import { DatasourceSettingsInput } from './settings';
import {
  Preset,
  PresetSettings,
  PresetWay,
  StaticPresetSettings,
} from './preset';

/**
 * Settings without a name, as presets and API descriptions give them to the form.
 *
 * @public
 */
export type SettingsDraft = Omit<DatasourceSettingsInput, 'name'>;

/**
 * Settings of OAuth 2.0 without a name.
 *
 * @public
 */
export type OAuthDraft = Omit<SettingsDraft, 'auth'> & {
  /** How to get a token. */
  auth: Extract<SettingsDraft['auth'], { grantType: GrantType }>;
};

/**
 * Returns the settings of a preset for one way, without those that only other ways use.
 *
 * @public
 */
export function presetDraft(
  preset: Pick<Preset, 'settings' | 'variants'>,
  way: GrantType,
): OAuthDraft;
/**
 * Returns the settings of a preset for one way, without those that only other ways use.
 *
 * @public
 */
export function presetDraft(
  preset: Pick<Preset, 'settings' | 'variants'>,
  way: PresetWay,
): SettingsDraft;
export function presetDraft(
  preset: Pick<Preset, 'settings' | 'variants'>,
  way: PresetWay,
): SettingsDraft {
  return way === 'static' ? staticDraft(preset) : oauthDraft(preset, way);
}

function oauthDraft(
  { settings, variants }: Pick<Preset, 'settings' | 'variants'>,
  grantType: GrantType,
): OAuthDraft {
  const { auth = {}, ...rest } = merge(
    settings,
    variants[grantType] ?? {},
  ) as PresetSettings;
  const { refresh, ...token } = auth;
  const foreign = foreignMembers(grantType);
  return withoutAbsent({
    ...rest,
    auth: withoutAbsent({
      grantType,
      ...Object.fromEntries(
        Object.entries(token).filter(([name]) => !foreign.includes(name)),
      ),
      ...(GRANTS[grantType].issuesRefreshTokens && { refresh }),
    }),
  });
}

function staticDraft({
  settings,
  variants,
}: Pick<Preset, 'settings' | 'variants'>): SettingsDraft {
  const { auth: _, ...shared } = settings;
  const { auth: sent = {}, ...rest } = merge(
    shared,
    variants.static ?? {},
  ) as StaticPresetSettings;
  const { basic, bearer, ...values } = sent;
  const auth: SettingsDraft['auth'] = {
    type: 'static',
    ...values,
    // There is no secret yet. The form sees which one to ask for.
    ...(basic && { basic: { username: '', ...basic } }),
    ...(bearer && { bearer: { set: false } }),
  };
  return withoutAbsent({ ...rest, auth });
}

/** Merges maps; everything else is replaced. */
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
