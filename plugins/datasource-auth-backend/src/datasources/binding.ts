import { createHash } from 'node:crypto';
import { replaceTemplates } from 'backstage-plugin-datasource-auth-common';
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
    },
    token: auth.token,
    refresh: {
      url: auth.refresh?.url,
      method: auth.refresh?.method,
      params: auth.refresh?.params,
      mode: auth.refresh?.mode,
      grantType: auth.refresh?.grantType,
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

/**
 * The origins that secrets are sent to under these settings, and the one where people approve. Secrets entered for some
 * of them are not sent to others without being entered again.
 */
export function secretOrigins(settings: BareSettings): Set<string> {
  const { auth } = settings;
  return originsOf(settings, [
    auth.authorize.url,
    auth.token.url,
    auth.refresh?.url,
    auth.revoke?.url,
    auth.authorize.pushedRequestUrl,
  ]);
}

/** The origins that access tokens may be sent to: the base URL's and the allowed hosts'. */
export function useOrigins(settings: BareSettings): Set<string> {
  const origins = originsOf(settings, [settings.baseUrl]);
  for (const host of settings.allowedHosts ?? []) origins.add(`//${host}`);
  return origins;
}

/** The members of `candidate` that are not in `known`. */
export function newOrigins(
  candidate: Set<string>,
  known: Set<string>,
): string[] {
  return [...candidate].filter(origin => !known.has(origin));
}

/** The origins of addresses, as far as the values in them are no secrets. */
export function originsOf(
  settings: BareSettings,
  urls: Array<string | undefined>,
): Set<string> {
  const origins = new Set<string>();
  for (const url of urls) {
    if (!url) continue;
    const filled = replaceTemplates(url, expression => {
      const value = settings.instance?.[expression.replace(/^instance\./, '')];
      return typeof value === 'string' ? value : `{{${expression}}}`;
    });
    origins.add(
      URL.canParse(filled)
        ? new URL(filled).origin
        : filled.split(/[/?#]/).slice(0, 3).join('/').toLowerCase(),
    );
  }
  return origins;
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
