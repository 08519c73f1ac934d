import { Preset, SettingsDraft } from 'backstage-plugin-datasource-auth-common';

/** The editor's start after a preset was chosen. It is stored in the location state, so a reload keeps it. */
export interface PresetStart {
  title: string;
  caveat: string;
  settings: SettingsDraft;
}

/** Creates the location state that opens the editor with a preset's settings. */
export function presetStartState(
  preset: Preset,
  settings: SettingsDraft,
): { preset: PresetStart } {
  const { title, caveat } = preset;
  return { preset: { title, caveat, settings } };
}

/** Returns the preset in a location state, if any. */
export function presetStartOf(state: unknown): PresetStart | undefined {
  return (state as { preset?: PresetStart } | null)?.preset;
}
