import { createHash } from 'node:crypto';
import {
  BINDING_SETTINGS,
  hasApiSecret,
  isFromSettings,
  KindSettings,
  isApprovedByPerson,
  oauth2Settings,
  PRESENCE_SETTINGS,
  REQUEST_SETTINGS,
  settingAt,
} from 'backstage-plugin-datasource-auth-common';
import { memoize } from './memoize';
import { BareSettings } from './secrets';

/**
 * Returns the binding of settings: a hash of everything that decides where secrets and tokens are sent, and in which
 * requests. A credential is usable only under the binding it was obtained with.
 *
 * Absent and empty properties are left out, so that a new optional setting keeps every existing binding. So are
 * secrets: a replaced client secret keeps the credential. {@link requestedOf} covers the settings that are requested
 * without an approval.
 */
export function bindingOf(settings: BareSettings): string {
  const isApproved = needsPerson(settings);
  const bound = BINDING_SETTINGS.filter(
    path => isApproved || !REQUEST_SETTINGS.includes(path),
  ).map(path => [path, boundValue(settings, path)]);
  return hash(Object.fromEntries([...bound, ['api', boundApi(settings)]]));
}

/** Returns where secrets of API calls are sent and under which names, or undefined without such secrets. */
function boundApi(settings: BareSettings): unknown {
  if (!hasApiSecret(settings)) return undefined;
  const { api, baseUrl, allowedHosts = [] } = settings;
  return {
    baseUrl,
    allowedHosts: [...allowedHosts].sort(),
    ...namesIn(api),
    credential: namesIn(isFromSettings(settings.auth) ? settings.auth : {}),
  };
}

function namesIn({
  headers = {},
  query = {},
}: KindSettings & { headers?: object; query?: object } = {}) {
  return {
    headers: Object.keys(headers)
      .map(name => name.toLowerCase())
      .sort(),
    query: Object.keys(query).sort(),
  };
}

/** A flag that is off is left out. A value that responses are compared with isn't a flag. */
function boundValue(settings: BareSettings, path: string): unknown {
  const value = settingAt(settings, path);
  if (PRESENCE_SETTINGS.includes(path)) return Boolean(value) || undefined;
  // The default, written out.
  if (path === 'senderConstraint' && value === 'none') return undefined;
  return value === false && !path.endsWith('.equals') ? undefined : value;
}

/**
 * Hashes the part of a credential's request that doesn't bind it: the scopes, and where no approval is needed,
 * everything else that says what is requested, not where it goes. A credential keeps this hash.
 *
 * Where the new request needs an approval, a difference is shown to users. Elsewhere it leads to a new token.
 */
export const requestedOf = memoize((settings: BareSettings): string => {
  const oauth = oauth2Settings(settings.auth);
  // There is no provider to request anything from.
  if (!oauth) return hash({});
  const { scopes, scopeSeparator, authorize, token, resource, audience } =
    oauth;
  const requested = {
    scopes: [...scopes].sort(),
    scopeSeparator,
    ...(needsPerson(settings)
      ? { authorize: authorize.params }
      : { resource, audience, params: token.params, query: token.query }),
  };
  return hash(requested);
});

/** Returns whether the settings request something other than what the credential was requested with. */
export function requestsOther(
  settings: BareSettings,
  credential: { requested?: string },
): boolean {
  return credential.requested !== requestedOf(settings);
}

/** Returns whether these settings would obtain this credential, or a user must decide. */
export function isFor(
  { binding, settings }: { binding: string; settings: BareSettings },
  credential: { binding: string; requested?: string },
): boolean {
  return (
    credential.binding === binding &&
    (needsPerson(settings) || !requestsOther(settings, credential))
  );
}

/** Returns whether a user must approve the first token. */
export function needsPerson({ auth }: BareSettings): boolean {
  const oauth = oauth2Settings(auth);
  return oauth !== undefined && isApprovedByPerson(oauth.grantType);
}

function hash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

/** Returns JSON with sorted keys, without absent or empty properties. */
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
