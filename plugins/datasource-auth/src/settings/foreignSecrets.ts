import {
  DatasourceSettingsView,
  hostOfOrigin,
  newOrigins,
  OriginSettings,
  secretOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { EditorValues, settingsOfForm } from './settingsForm';

/**
 * The hosts that stored secrets were entered for, when the form would now send secrets to another server: then they have
 * to be entered again (threats 1). The backend asks the same of the same function; here it is said before Save.
 */
export function foreignSecrets(
  stored: Partial<DatasourceSettingsView> | undefined,
  form: EditorValues,
): string[] | undefined {
  if (!stored?.auth) return undefined;
  const known = secretOrigins(stored as OriginSettings);
  const now = secretOrigins(settingsOfForm(form) as OriginSettings);
  return newOrigins(now, known).length
    ? [...known].map(hostOfOrigin)
    : undefined;
}
