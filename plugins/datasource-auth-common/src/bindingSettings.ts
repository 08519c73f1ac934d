import { ofClientAuthentications } from './clientAuthentications';
import { CLIENT_CERTIFICATE_SECRETS } from './clientCertificate';
import { ofGrants } from './grants';
import { ofKinds } from './kinds/descriptors';

/**
 * The settings that decide where secrets and tokens are sent and how a call that carries one is made. A credential
 * isn't used after one of them changes. Tests compare the backend's binding and the fields of the page with this list.
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
  ...ofKinds('binding'),
  'auth.token.url',
  'auth.token.method',
  'auth.token.contentType',
  'auth.token.params',
  'auth.token.query',
  'auth.token.headers',
  'auth.token.rename',
  'auth.token.grantType',
  'auth.token.body',
  'auth.token.then.url',
  'auth.token.then.method',
  'auth.token.then.contentType',
  'auth.token.then.params',
  'auth.token.then.query',
  'auth.token.then.headers',
  'auth.token.then.authorization',
  'auth.token.then.body',
  'auth.token.authorization',
  'auth.token.basic.username',
  'auth.token.basic.password',
  'auth.refresh.url',
  'auth.refresh.method',
  'auth.refresh.contentType',
  'auth.refresh.clientAuthentication',
  'auth.refresh.params',
  'auth.refresh.body',
  'auth.refresh.mode',
  'auth.refresh.grantType',
  'auth.refresh.sendScope',
  'auth.refresh.scopes',
  'auth.refresh.redirectUri',
  'auth.refresh.keepsAccessToken',
  'auth.refresh.then.url',
  'auth.refresh.then.method',
  'auth.refresh.then.contentType',
  'auth.refresh.then.params',
  'auth.refresh.then.query',
  'auth.refresh.then.headers',
  'auth.refresh.then.authorization',
  'auth.refresh.then.body',
  'auth.revoke.url',
  'auth.response.accessToken',
  'auth.response.refreshToken',
  'auth.response.expiresIn',
  'auth.response.expiresAt',
  'auth.response.error',
  'auth.response.success.path',
  'auth.response.success.equals',
  'auth.response.keep',
  'auth.response.keepHosts',
  'instance',
  'clientCertificate.certificate',
  'senderConstraint',
];

/**
 * The binding settings of which only the presence binds: a renewed certificate is the same client, as a renewed secret
 * is.
 *
 * @public
 */
export const PRESENCE_SETTINGS: readonly string[] = [
  'clientCertificate.certificate',
];

/**
 * The binding settings that decide what is requested. They bind only if a person approves the request. With other
 * grants, a change to them or to the scopes only causes a new token, which needs no person.
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
 * Settings that are always secret. Map values can be marked as secret in addition.
 *
 * @public
 */
export const SECRET_SETTINGS: readonly string[] = [
  ...ofKinds('secrets'),
  ...CLIENT_CERTIFICATE_SECRETS,
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
  ...ofKinds('valueMaps'),
];

/**
 * URLs that receive secrets, or where people approve.
 *
 * @public
 */
export const ENDPOINT_SETTINGS: readonly string[] = [
  ...ofGrants('endpoints'),
  'auth.token.url',
  'auth.token.then.url',
  'auth.refresh.url',
  'auth.refresh.then.url',
  'auth.revoke.url',
];
