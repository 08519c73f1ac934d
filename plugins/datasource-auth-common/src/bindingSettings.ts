import { ofClientAuthentications } from './clientAuthentications';

/**
 * The settings that decide where secrets and tokens go and how a call that carries one is made. A credential obtained
 * under other values of them is not used. Tests hold the backend's binding and the fields of the page to this list.
 *
 * @public
 */
export const BINDING_SETTINGS: readonly string[] = [
  'auth.grantType',
  'auth.clientId',
  'auth.username',
  'auth.issuer',
  'auth.resource',
  'auth.audience',
  'auth.authorize.url',
  'auth.authorize.pushedRequestUrl',
  'auth.clientAuthentication',
  ...ofClientAuthentications('binding'),
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
  'auth.refresh.params',
  'auth.refresh.mode',
  'auth.refresh.grantType',
  'auth.refresh.sendScope',
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
