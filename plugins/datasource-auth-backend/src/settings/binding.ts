import { createHash } from 'node:crypto';
import {
  BINDING_SETTINGS,
  isApprovedByPerson,
  REQUEST_SETTINGS,
  settingAt,
} from 'backstage-plugin-datasource-auth-common';
import { memoize } from './memoize';
import { BareSettings } from './secrets';

/**
 * The binding of settings: a hash of everything that decides where secrets and tokens go and how a call that carries one
 * is shaped. A credential is usable only under the binding it was obtained with.
 *
 * Absent and empty members do not count, so that a new optional setting leaves every existing binding as it is.
 * Secrets do not count either: a replaced client secret keeps the credential. Nor does what is merely requested where
 * nobody has to approve it: see {@link requestedOf}.
 */
export function bindingOf(settings: BareSettings): string {
  const isApproved = needsPerson(settings);
  const bound = BINDING_SETTINGS.filter(
    path => isApproved || !REQUEST_SETTINGS.includes(path),
  ).map(path => [path, boundValue(settings, path)]);
  return hash(Object.fromEntries(bound));
}

/** A flag that is off does not count. A value that responses are compared with is no flag. */
function boundValue(settings: BareSettings, path: string): unknown {
  const value = settingAt(settings, path);
  return value === false && !path.endsWith('.equals') ? undefined : value;
}

/**
 * Hashes what a credential is requested with, as far as that does not bind it: its scopes, and where nobody has to
 * approve it, whatever else says what is requested rather than where it goes. A credential keeps the hash of its request.
 *
 * A difference is told to a person where one has to approve the new request. Otherwise it is a reason for a new token.
 */
export const requestedOf = memoize((settings: BareSettings): string => {
  const { scopes, scopeSeparator, authorize, token, resource, audience } =
    settings.auth;
  const requested = {
    scopes: [...scopes].sort(),
    scopeSeparator,
    ...(needsPerson(settings)
      ? { authorize: authorize.params }
      : { resource, audience, params: token.params, query: token.query }),
  };
  return hash(requested);
});

/** Whether the settings request something else than a credential was requested with. */
export function requestsOther(
  settings: BareSettings,
  credential: { requested?: string },
): boolean {
  return credential.requested !== requestedOf(settings);
}

/** Whether a credential is what these settings would obtain, or a person has to decide. */
export function isFor(
  { binding, settings }: { binding: string; settings: BareSettings },
  credential: { binding: string; requested?: string },
): boolean {
  return (
    credential.binding === binding &&
    (needsPerson(settings) || !requestsOther(settings, credential))
  );
}

/** Whether a person has to approve a first token. */
export function needsPerson({ auth }: BareSettings): boolean {
  return isApprovedByPerson(auth.grantType);
}

function hash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
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
