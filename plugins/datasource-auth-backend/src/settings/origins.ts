import {
  newOrigins,
  useOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { oncePer } from './oncePer';
import { BareSettings } from './secrets';

const originsOfUse = oncePer(useOrigins);

/** Whether a credential may be sent wherever the settings now say. */
export function coversOrigins(
  settings: BareSettings,
  credential: { useOrigins: string[] },
): boolean {
  return (
    newOrigins(originsOfUse(settings), new Set(credential.useOrigins))
      .length === 0
  );
}
