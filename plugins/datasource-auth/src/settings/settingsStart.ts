import { SettingsDraft } from 'backstage-plugin-datasource-auth-common';

/** The settings that a form starts with, from a preset or an API description. */
export interface SettingsStart {
  /** What they are from. */
  title: string;
  /** What to know about them. */
  caveat: string;
  settings: SettingsDraft;
}

/** Returns the settings in a location state, if any. A reload keeps them there, so they contain no secrets. */
export function settingsStartOf(state: unknown): SettingsStart | undefined {
  return (state as { given?: SettingsStart } | null)?.given;
}
