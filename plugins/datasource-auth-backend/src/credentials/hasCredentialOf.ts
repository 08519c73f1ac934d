import {
  hasPersonalCredentials,
  hasServiceCredential,
  SubjectsSettings,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialKey } from '../database/CredentialKey';

/**
 * Returns whether the settings provide for the credential of this key. A stored one that they don't provide for is
 * neither used nor refreshed; it is there again if the setting is restored.
 */
export function hasCredentialOf(
  { isPersonal }: CredentialKey,
  settings: SubjectsSettings,
): boolean {
  return isPersonal
    ? hasPersonalCredentials(settings)
    : hasServiceCredential(settings);
}
