import {
  DatasourceSettingsView,
  hostOfOrigin,
  newOrigins,
  OriginSettings,
  secretOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { EditorValues, settingsOfForm } from './settingsForm';

/**
 * Returns the hosts that a stored secret was entered for, if the form would now send it to another server: then it must
 * be entered again (threats 1). The backend runs the same check; this one reports it before Save.
 */
export function foreignSecrets(
  stored: Partial<DatasourceSettingsView> | undefined,
  form: EditorValues,
  /** Path of the secret. */
  path: string,
): string[] | undefined {
  if (!stored?.auth) return undefined;
  const known = secretOrigins(stored as OriginSettings, path);
  const now = secretOrigins(settingsOfForm(form) as OriginSettings, path);
  return newOrigins(now, known).length
    ? [...known].map(hostOfOrigin)
    : undefined;
}
