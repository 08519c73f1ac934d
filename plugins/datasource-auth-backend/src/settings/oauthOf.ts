import {
  AuthSettings,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

/**
 * Returns the OAuth settings where only they are possible: no other kind gets tokens from a provider.
 *
 * @throws Error for settings of another kind, which is a bug
 */
export function oauthOf({ name, auth }: BareSettings): AuthSettings<'oauth2'> {
  const oauth = oauth2Settings(auth);
  if (!oauth) {
    throw new Error(`Datasource '${name}' has no provider that issues tokens`);
  }
  return oauth;
}
