import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
  ClientAuthenticationSetting,
  ofClientAuthentications,
} from './clientAuthentications';
import { clientAuthenticationsOf } from './clientCredential';
import { GRANTS, GrantSetting, GrantType, ofGrants } from './grants';
import {
  KIND_LABELS,
  kindOf,
  KINDS,
  KindSettings,
  requiredOfKind,
} from './kinds/descriptors';

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
 * English labels of the values in maps, in front of their names.
 *
 * @public
 */
export const VALUE_LABELS = {
  instance: 'Instance value',
  'api.headers': 'API header',
  'api.query': 'API query parameter',
  'auth.headers': 'Header',
  'auth.query': 'Query parameter',
  'auth.assertion.claims': 'Assertion claim',
  'auth.clientAssertion.claims': 'Client assertion claim',
  'auth.authorize.params': 'Authorize parameter',
  'auth.token.params': 'Token parameter',
  'auth.token.query': 'Token query parameter',
  'auth.token.headers': 'Token header',
  'auth.token.then.params': 'Further parameter',
  'auth.token.then.query': 'Further query parameter',
  'auth.token.then.headers': 'Further header',
  'auth.refresh.params': 'Refresh parameter',
  'auth.refresh.then.params': 'Parameter after a refresh',
  'auth.refresh.then.query': 'Query parameter after a refresh',
  'auth.refresh.then.headers': 'Header after a refresh',
} as const;

/**
 * Path of a required setting. Templates can require instance values, and every value that is marked as secret is
 * required.
 *
 * @public
 */
export type RequiredSetting =
  | keyof typeof REQUIRED_SETTINGS
  | `${keyof typeof VALUE_LABELS}.${string}`;

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
  return settings.map(path => labels[path] ?? valueLabel(path)).join(', ');
}

function valueLabel(path: string): string {
  const [map, label] =
    Object.entries(VALUE_LABELS).find(([each]) =>
      path.startsWith(`${each}.`),
    ) ?? [];
  return map ? `${label} ${path.slice(map.length + 1)}` : path;
}

/**
 * Returns the maps whose values are all sent or signed with these settings. Instance values aren't among them, because
 * templates decide which ones are used.
 *
 * @public
 */
export function valueMapsInUse(auth: ValueMapSettings): string[] {
  const { grantType = 'authorization_code', refresh } = auth;
  const { clientAuthentication = 'none' } = auth;
  const chosen = [
    ...ofGrants('valueMaps'),
    ...ofClientAuthentications('valueMaps'),
  ];
  const used =
    kindOf(auth) === 'oauth2'
      ? [
          ...GRANTS[grantType].valueMaps,
          ...clientAuthenticationsOf({ clientAuthentication, refresh }).flatMap(
            method => CLIENT_AUTHENTICATIONS[method].valueMaps,
          ),
        ]
      : chosen;
  return [...KINDS[kindOf(auth)].valueMaps, 'api.headers', 'api.query'].filter(
    map => !chosen.includes(map) || used.includes(map),
  );
}

/**
 * The settings that decide which values are sent.
 *
 * @public
 */
export interface ValueMapSettings extends KindSettings {
  /** The grant, for OAuth 2.0. */
  grantType?: GrantType;
  /** How the client authenticates when it gets a token. */
  clientAuthentication?: ClientAuthenticationMethod;
  /** How it does when it refreshes one. */
  refresh?: { clientAuthentication?: ClientAuthenticationMethod };
}
