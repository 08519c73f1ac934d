import {
  newOrigins,
  apiOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { memoize } from './memoize';
import { BareSettings } from './secrets';

const originsOfUse = memoize(apiOrigins);

/** Whether a credential may be sent wherever the settings now say. */
export function coversOrigins(
  settings: BareSettings,
  credential: { apiOrigins: string[] },
): boolean {
  return (
    newOrigins(originsOfUse(settings), new Set(credential.apiOrigins))
      .length === 0
  );
}
