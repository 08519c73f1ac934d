import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { SettingsError } from '../../settings/SettingsError';

/**
 * Returns the username and password of the Basic scheme. A secret without a client ID is the username, as providers with
 * API keys expect.
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

/** Returns the value of the `Authorization` header (RFC 7617). */
export function basicHeader(user: string, password: string): string {
  const credentials = Buffer.from(`${user}:${password}`, 'utf8');
  return `Basic ${credentials.toString('base64')}`;
}
