import {
  DatasourceAuthError,
  GRANTS,
  kindOf,
  Preset,
  presetSettings,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { EditorStart } from '../editor/editorStart';
import { nameFromTitle } from '../settings/nameFromTitle';
import { SettingsStart } from '../settings/settingsStart';
import { freeName } from './freeName';

/** Title, name, and owner of the new datasource. */
export interface General {
  title?: string;
  name?: string;
  owner?: string;
}

/** The data that the connect flow starts from. */
export interface ConnectStart extends EditorStart {
  /** The chosen preset; absent for an API without one. */
  provider?: Preset;
  /** How the preset authenticates, without what this Backstage disables. */
  ways: PresetWay[];
  general: General;
  /** Nothing is known about the API yet. */
  isBlank: boolean;
}

/** Creates the settings that a preset fills in for one way. */
export function startOfPreset(
  preset: Preset,
  way: PresetWay,
  general: General,
): SettingsStart {
  const { title, caveat } = preset;
  const settings = presetSettings(preset, { way });
  return { title, caveat, settings: { ...settings, ...general } };
}

/** What the flow starts with: a preset, or settings from elsewhere. */
export interface ConnectSource {
  provider?: string;
  given?: SettingsStart;
  /** An attempt whose form is restored. */
  draft: string | null;
}

/**
 * Loads the data that the flow starts from.
 *
 * @returns undefined if there is no such preset
 */
export async function loadConnectStart(
  api: DatasourceAuthApi,
  source: ConnectSource,
  teams: string[],
): Promise<ConnectStart | undefined> {
  const { provider: id, given, draft } = source;
  const [presets, health, restored] = await Promise.all([
    id ? api.listPresets() : undefined,
    // Without the health report, only the redirect URI is missing.
    api.getHealth().catch(() => undefined),
    draft
      ? api.getAuthorization(draft).catch((error: DatasourceAuthError) => error)
      : undefined,
  ]);
  const provider = presets?.items.find(preset => preset.id === id);
  if (id && !provider) return undefined;
  const passwordGrantEnabled = health?.passwordGrantEnabled ?? true;
  const ways = (provider?.ways ?? []).filter(
    way =>
      way === 'static' || !GRANTS[way].canBeDisabled || passwordGrantEnabled,
  );
  const title = provider?.title ?? given?.settings.title;
  const base = provider?.id ?? nameFromTitle(title ?? '');
  const free = base ? await freeName(api, base) : { name: '' };
  const general: General = {
    ...(title && { title: free.number ? `${title} ${free.number}` : title }),
    ...(free.name && { name: free.name }),
    // With several teams, only a person knows which one is responsible.
    ...(teams.length === 1 && { owner: teams[0] }),
  };
  const gone =
    restored instanceof Error ||
    (restored !== undefined && restored.status === 'consumed');
  return {
    provider,
    ways,
    general,
    isBlank: !provider && (!given || kindOf(given.settings.auth) === 'none'),
    restored: restored instanceof Error || gone ? undefined : restored,
    draftGone: restored instanceof Error,
    given: provider
      ? ways[0] && startOfPreset(provider, ways[0], general)
      : {
          title: given?.title ?? '',
          caveat: given?.caveat ?? '',
          settings: {
            ...(given?.settings ?? {
              auth: { grantType: 'authorization_code' },
            }),
            ...general,
          },
        },
    passwordGrantEnabled,
    callbackUrl: health?.callbackUrl,
  };
}
