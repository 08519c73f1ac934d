import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationSetting,
} from './clientAuthentications';
import { clientSecretBasic } from './clientAuthentications/clientSecretBasic';
import { clientAuthenticationsOf } from './clientCredential';
import { credentialTemplatesIn } from './credentialTemplates';
import { GRANTS, GrantSetting } from './grants';
import { ClientSettings, omitsClientId } from './secretAlone';

/**
 * The settings that a credential can require, by path, with their English labels. The backend's messages use these
 * labels; the page translates them by path.
 *
 * @public
 */
export const REQUIRED_SETTINGS = {
  'auth.clientId': 'Client ID',
  ...(Object.assign(
    {},
    ...Object.values(CLIENT_AUTHENTICATIONS).map(({ required }) => required),
    ...Object.values(GRANTS).map(({ required }) => required),
  ) as Record<ClientAuthenticationSetting | GrantSetting, string>),
};

/**
 * Path of a required setting. Instance values in templates and secrets of every API call can be required, too.
 *
 * @public
 */
export type RequiredSetting =
  | keyof typeof REQUIRED_SETTINGS
  | `instance.${string}`
  | `api.headers.${string}`
  | `api.query.${string}`;

/**
 * Returns the paths of the settings that are required to request a token, in the order of the page.
 *
 * @public
 */
export function requiredSettings(auth: ClientSettings): RequiredSetting[] {
  const { clientId, required } = GRANTS[auth.grantType];
  const needsClientId =
    credentialTemplatesIn(auth).includes('clientId') ||
    (clientId !== 'optional' && !omitsClientId(auth));
  return [
    ...(needsClientId ? (['auth.clientId'] as const) : []),
    ...(Object.keys(
      Object.assign(
        {},
        ...clientAuthenticationsOf(auth).map(
          method => CLIENT_AUTHENTICATIONS[method].required,
        ),
        credentialTemplatesIn(auth).includes('clientSecret')
          ? clientSecretBasic.required
          : {},
        required,
      ),
    ) as RequiredSetting[]),
  ];
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
          .replace(/^api\.query\./, 'API query parameter '),
    )
    .join(', ');
}
