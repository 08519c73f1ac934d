import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationSetting,
} from './clientAuthentications';
import { GRANTS, GrantSetting } from './grants';
import { KIND_LABELS, KindSettings, requiredOfKind } from './kinds/descriptors';

/**
 * The settings that a credential can require, by path, with their English labels. The backend's messages use these
 * labels; the page translates them by path.
 *
 * @public
 */
export const REQUIRED_SETTINGS = {
  'auth.clientId': 'Client ID',
  ...KIND_LABELS,
  ...(Object.assign(
    {},
    ...Object.values(CLIENT_AUTHENTICATIONS).map(({ required }) => required),
    ...Object.values(GRANTS).map(({ required }) => required),
  ) as Record<ClientAuthenticationSetting | GrantSetting, string>),
};

/**
 * Path of a required setting. Templates can require instance values, and a secret that is sent to the API or is a claim
 * of an assertion is required, too.
 *
 * @public
 */
export type RequiredSetting =
  | keyof typeof REQUIRED_SETTINGS
  | `instance.${string}`
  | `api.headers.${string}`
  | `api.query.${string}`
  | `auth.headers.${string}`
  | `auth.query.${string}`
  | `auth.assertion.claims.${string}`
  | `auth.clientAssertion.claims.${string}`;

/**
 * Returns the paths of the settings without which there is no credential, in the order of the page.
 *
 * @public
 */
export function requiredSettings<Auth extends KindSettings>(
  auth: Auth,
): RequiredSetting[] {
  return requiredOfKind(auth) as RequiredSetting[];
}

/**
 * Returns the English labels of required settings, comma-separated.
 *
 * @public
 */
export function formatRequiredSettings(settings: RequiredSetting[]): string {
  const labels: Partial<Record<string, string>> = REQUIRED_SETTINGS;
  return settings
    .map(
      path =>
        labels[path] ??
        path
          .replace(/^instance\./, 'Instance value ')
          .replace(/^api\.headers\./, 'API header ')
          .replace(/^api\.query\./, 'API query parameter ')
          .replace(/^auth\.headers\./, 'Header ')
          .replace(/^auth\.query\./, 'Query parameter ')
          .replace(/^auth\.assertion\.claims\./, 'Assertion claim ')
          .replace(
            /^auth\.clientAssertion\.claims\./,
            'Client assertion claim ',
          ),
    )
    .join(', ');
}
