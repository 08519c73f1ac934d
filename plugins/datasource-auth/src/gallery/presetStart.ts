import { Preset, SettingsDraft } from 'backstage-plugin-datasource-auth-common';

/** What the editor starts from when a preset was chosen. It travels as state of the address, so a reload keeps it. */
export interface PresetStart {
  title: string;
  caveat: string;
  settings: SettingsDraft;
}

/** The state of an address that opens the editor with a preset's settings. */
export function presetStartState(
  preset: Preset,
  settings: SettingsDraft,
): { preset: PresetStart } {
  const { title, caveat } = preset;
  return { preset: { title, caveat, settings } };
}

/** The preset in the state of an address, if there is one. */
export function presetStartOf(state: unknown): PresetStart | undefined {
  return (state as { preset?: PresetStart } | null)?.preset;
}
