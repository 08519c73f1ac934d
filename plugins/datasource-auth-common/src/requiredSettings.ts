/**
 * The settings that a credential can require, by path, with their English labels. Messages of the backend name settings
 * by these labels; the page translates them by path.
 *
 * @public
 */
export const REQUIRED_SETTINGS = {
  'auth.clientId': 'Client ID',
  'auth.clientSecret': 'Client secret',
  'auth.clientKey.privateKey': 'Private key',
  'auth.authorize.url': 'Authorize URL',
  'auth.token.url': 'Token URL',
  'auth.username': 'User name',
  'auth.password': 'Password',
} as const;

/**
 * Path of a required setting. Templates can require instance values, too.
 *
 * @public
 */
export type RequiredSetting =
  | keyof typeof REQUIRED_SETTINGS
  | `instance.${string}`;

/**
 * Returns the English labels of required settings, separated by commas.
 *
 * @public
 */
export function formatRequiredSettings(settings: RequiredSetting[]): string {
  const labels: Partial<Record<string, string>> = REQUIRED_SETTINGS;
  return settings
    .map(path => labels[path] ?? path.replace(/^instance\./, 'Instance value '))
    .join(', ');
}
