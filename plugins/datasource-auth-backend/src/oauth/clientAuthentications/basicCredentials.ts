import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { SettingsError } from '../../settings/SettingsError';

/**
 * User and password of the Basic scheme. Where there is a secret and no client id, the secret alone is the user: that is
 * how providers with API keys want it.
 *
 * @throws SettingsError without a secret
 */
export function basicCredentials(auth: ResolvedAuth): [string, string] {
  if (!auth.clientSecret) {
    throw new SettingsError('basicSecretMissing');
  }
  return auth.clientId
    ? [auth.clientId, auth.clientSecret]
    : [auth.clientSecret, ''];
}

/** The value of the `Authorization` header (RFC 7617). */
export function basicHeader(user: string, password: string): string {
  const credentials = Buffer.from(`${user}:${password}`, 'utf8');
  return `Basic ${credentials.toString('base64')}`;
}
