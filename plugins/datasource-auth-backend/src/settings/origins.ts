import {
  newOrigins,
  apiOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { memoize } from './memoize';
import { BareSettings } from './secrets';

const originsOfUse = memoize(apiOrigins);

/** Returns whether a credential may go to every origin of the current settings. */
export function coversOrigins(
  settings: BareSettings,
  credential: { apiOrigins: string[] },
): boolean {
  return (
    newOrigins(originsOfUse(settings), new Set(credential.apiOrigins))
      .length === 0
  );
}
