import { ofClientAuthentications } from './clientAuthentications';
import { ofGrants } from './grants';

/**
 * The settings that decide where secrets and tokens go and how a call that carries one is made. A credential obtained
 * under other values of them is not used. Tests hold the backend's binding and the fields of the page to this list.
 *
 * @public
 */
export const BINDING_SETTINGS: readonly string[] = [
  'auth.type',
  'auth.grantType',
  'auth.clientId',
  'auth.issuer',
  'auth.resource',
  'auth.audience',
  'auth.clientAuthentication',
  ...ofClientAuthentications('binding'),
  ...ofGrants('binding'),
  'auth.token.url',
  'auth.token.method',
  'auth.token.contentType',
  'auth.token.params',
  'auth.token.query',
  'auth.token.headers',
  'auth.token.rename',
  'auth.token.grantType',
  'auth.refresh.url',
  'auth.refresh.method',
  'auth.refresh.contentType',
  'auth.refresh.clientAuthentication',
  'auth.refresh.params',
  'auth.refresh.mode',
  'auth.refresh.grantType',
  'auth.refresh.sendScope',
  'auth.refresh.scopes',
  'auth.refresh.redirectUri',
  'auth.revoke.url',
  'auth.response.accessToken',
  'auth.response.refreshToken',
  'auth.response.expiresIn',
  'auth.response.expiresAt',
  'auth.response.error',
  'auth.response.success.path',
  'auth.response.success.equals',
  'auth.response.keep',
  'instance',
];

/**
 * Of the settings that bind, those that say what is requested. They bind only where a person approves the request. Under
 * the other grants, a change of them or of the scopes is a reason for a new token, which takes nobody.
 *
 * @public
 */
export const REQUEST_SETTINGS: readonly string[] = [
  'auth.resource',
  'auth.audience',
  'auth.token.params',
  'auth.token.query',
];

/**
 * The settings that are secret by themselves. Values that people mark as secret come on top.
 *
 * @public
 */
export const SECRET_SETTINGS: readonly string[] = [
  ...ofClientAuthentications('secrets'),
  ...ofGrants('secrets'),
];

/**
 * Maps whose values can be marked as secret.
 *
 * @public
 */
export const VALUE_MAPS: readonly string[] = [
  'instance',
  'api.headers',
  'api.query',
  ...ofGrants('valueMaps'),
  ...ofClientAuthentications('valueMaps'),
  'auth.token.params',
  'auth.token.query',
  'auth.token.headers',
  'auth.refresh.params',
];

/**
 * The URLs that secrets are sent to, or people who approve.
 *
 * @public
 */
export const ENDPOINT_SETTINGS: readonly string[] = [
  ...ofGrants('endpoints'),
  'auth.token.url',
  'auth.refresh.url',
  'auth.revoke.url',
];
