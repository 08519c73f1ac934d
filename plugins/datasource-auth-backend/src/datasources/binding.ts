import { createHash } from 'node:crypto';
import { BareSettings } from './secrets';

/**
 * The binding of settings: a hash of everything that decides where secrets and tokens go and how a call that carries one
 * is shaped. A credential is usable only under the binding it was obtained with.
 *
 * Absent and empty members do not count, so that a new optional setting leaves every existing binding as it is.
 * Secrets do not count either: a replaced client secret keeps the credential.
 */
export function bindingOf(settings: BareSettings): string {
  const { auth } = settings;
  const { response } = auth;
  const bound = {
    grantType: auth.grantType,
    clientId: auth.clientId,
    username: auth.username,
    issuer: auth.issuer,
    resource: auth.resource,
    audience: auth.audience,
    authorizeUrl: auth.authorize.url,
    pushedRequestUrl: auth.authorize.pushedRequestUrl,
    clientAuthentication: auth.clientAuthentication,
    clientKey: {
      kid: auth.clientKey?.kid,
      alg: auth.clientKey?.alg,
      audience: auth.clientKey?.audience,
      certificate: auth.clientKey?.certificate,
    },
    token: auth.token,
    refresh: {
      url: auth.refresh?.url,
      method: auth.refresh?.method,
      params: auth.refresh?.params,
      mode: auth.refresh?.mode,
      grantType: auth.refresh?.grantType,
      redirectUri: auth.refresh?.redirectUri || undefined,
      sendScope: auth.refresh?.sendScope || undefined,
    },
    revokeUrl: auth.revoke?.url,
    response: {
      accessToken: response.accessToken,
      refreshToken: response.refreshToken,
      expiresIn: response.expiresIn,
      expiresAt: response.expiresAt,
      error: response.error,
      success: response.success,
      keep: response.keep,
    },
    instance: settings.instance,
  };
  return createHash('sha256').update(canonical(bound)).digest('base64url');
}

/** JSON with sorted keys and without members that are absent or empty. */
export function canonical(value: unknown): string {
  return JSON.stringify(prune(value)) ?? 'null';
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([key, member]) => [key, prune(member)] as const)
    .filter(([, member]) => !isEmpty(member))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
