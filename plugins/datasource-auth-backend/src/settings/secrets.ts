import {
  CLIENT_CERTIFICATE_SECRETS,
  DatasourceSettings,
  hasServiceCredential,
  isFileReference,
  personalSecrets,
  SECRET_SETTINGS,
  SecretInfo,
  secretSettingsOf,
  VALUE_MAPS,
  Value,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext, ResolvedAuth } from './ResolvedSettings';

/*
 * Settings arrive with secrets and are stored without. A map from path (`auth.clientSecret`,
 * `auth.token.headers.X-Key`) to value holds the secrets and is encrypted as a whole.
 */

/** Secret values by path. */
export type Secrets = Map<string, string>;

/** When each secret was set and by whom, by path. Readable without decrypting the secrets. */
export type SecretInfos = Record<string, Omit<SecretInfo, 'set'>>;

/** Settings without secrets. Each secret value is replaced by `{ secret: true }`. */
export type BareSettings = DatasourceSettings;

/** A write of one secret: a value sets it, `null` removes it, and a secret that isn't mentioned is kept. */
export type SecretChanges = Map<string, string | null>;

/**
 * Separates the secrets from written settings.
 *
 * @returns the settings without secrets, the write of each secret, and all paths that may hold one
 */
export function splitSecrets(written: DatasourceSettings): {
  settings: BareSettings;
  changes: SecretChanges;
  places: Set<string>;
} {
  const settings = structuredClone(written);
  const changes: SecretChanges = new Map();
  const places = new Set([
    ...secretSettingsOf(settings.auth),
    ...(settings.clientCertificate ? CLIENT_CERTIFICATE_SECRETS : []),
  ]);

  for (const path of SECRET_SETTINGS) {
    const parent = parentOf(settings, path);
    const key = path.split('.').pop()!;
    const value = parent?.[key];
    if (isFileReference(value)) continue;
    if (typeof value === 'string' && value !== '') changes.set(path, value);
    else if (value === null || value === '') changes.set(path, null);
    if (parent) delete parent[key];
  }
  for (const mapPath of VALUE_MAPS) {
    const map = valueMap(settings, mapPath);
    for (const [key, value] of Object.entries(map ?? {})) {
      const path = `${mapPath}.${key}`;
      if (typeof value !== 'object') continue;
      places.add(path);
      if (typeof value.value === 'string') changes.set(path, value.value);
      else if (value.value === null) changes.set(path, null);
      map![key] = { secret: true };
    }
  }
  if (isEnteredByEachPerson(settings)) {
    for (const path of places)
      if (path.startsWith('auth.')) places.delete(path);
  }
  return { settings, changes, places };
}

/** Returns whether nobody needs the secrets of a credential in the settings, because each person enters their own. */
function isEnteredByEachPerson(settings: BareSettings): boolean {
  return (
    !hasServiceCredential(settings) && personalSecrets(settings).length > 0
  );
}

/**
 * Returns the secrets after a write: its new values and the ones that it keeps. A value that is no longer marked as
 * secret is deleted.
 */
export function mergeSecrets(
  saved: Secrets,
  change: { changes: SecretChanges; places: Set<string> },
): Secrets {
  const merged: Secrets = new Map();
  for (const [path, value] of saved) {
    if (change.places.has(path)) merged.set(path, value);
  }
  for (const [path, value] of change.changes) {
    if (value === null) merged.delete(path);
    else merged.set(path, value);
  }
  return merged;
}

/** Returns, for each place that may hold a secret, whether it is set, since when and by whom. */
export function viewSettings(
  settings: BareSettings,
  infos: SecretInfos,
): Record<string, unknown> {
  const view: any = structuredClone(settings);
  const named = (path: string): SecretInfo | undefined =>
    infos[path] ? { set: true, ...infos[path] } : undefined;

  for (const path of SECRET_SETTINGS) {
    const info = named(path);
    const keys = path.split('.');
    const last = keys.pop()!;
    let parent = view;
    for (const key of keys) {
      if (info) parent[key] ??= {};
      parent = parent?.[key];
    }
    if (info) parent[last] = info;
    else if (parent && !isFileReference(parent[last])) delete parent[last];
  }
  for (const mapPath of VALUE_MAPS) {
    const map = valueMap(view, mapPath);
    for (const [key, value] of Object.entries(map ?? {})) {
      if (typeof value === 'object') {
        map![key] = { secret: true, set: `${mapPath}.${key}` in infos };
      }
    }
  }
  return view;
}

/** Combines settings and secrets for one call to the provider. */
export function resolveSettings(
  settings: BareSettings,
  secrets: Secrets,
): Pick<
  ProviderContext,
  'auth' | 'instance' | 'clientCertificate' | 'senderConstraint' | 'secrets'
> {
  const resolved: any = structuredClone(settings);
  for (const path of SECRET_SETTINGS) {
    const value = secrets.get(path);
    const parent = parentOf(resolved, path);
    if (value !== undefined && parent) parent[path.split('.').pop()!] = value;
  }
  for (const mapPath of VALUE_MAPS) {
    const map = valueMap(resolved, mapPath);
    if (map) putSecrets(map, mapPath, secrets);
  }
  return {
    auth: resolved.auth as ResolvedAuth,
    instance: resolved.instance ?? {},
    clientCertificate: resolved.clientCertificate,
    senderConstraint: settings.senderConstraint,
    secrets: [...secrets.values()],
  };
}

/** Headers and query parameters of calls, by name. */
export type CallMaps = Partial<
  Record<'headers' | 'query', Record<string, string>>
>;

/** Returns headers and parameters of calls with their secrets: those of every call, or those of the credential. */
export function resolveMaps(
  maps: Partial<Record<'headers' | 'query', Record<string, Value>>>,
  part: 'api' | 'auth',
  secrets: Secrets,
): CallMaps {
  const { headers, query } = structuredClone(maps);
  if (headers) putSecrets(headers, `${part}.headers`, secrets);
  if (query) putSecrets(query, `${part}.query`, secrets);
  return { headers, query } as CallMaps;
}

/** Returns only the instance values, which are all that a URL needs. */
export function resolveInstance(
  settings: BareSettings,
  secrets: Secrets,
): ProviderContext['instance'] {
  const instance = { ...settings.instance };
  putSecrets(instance, 'instance', secrets);
  return instance as ProviderContext['instance'];
}

/** Serializes secrets for encryption. */
export function serializeSecrets(secrets: Secrets): string {
  return JSON.stringify([...secrets]);
}

/** Parses the output of {@link serializeSecrets}. */
export function parseSecrets(text: string): Secrets {
  return new Map(JSON.parse(text) as Array<[string, string]>);
}

function putSecrets(
  map: Record<string, Value>,
  mapPath: string,
  secrets: Secrets,
) {
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'object') continue;
    const secret = secrets.get(`${mapPath}.${key}`);
    if (secret === undefined) delete map[key];
    else map[key] = secret;
  }
}

function valueMap(
  settings: unknown,
  path: string,
): Record<string, Value> | undefined {
  return descend(settings, path.split('.')) as
    | Record<string, Value>
    | undefined;
}

function parentOf(
  settings: unknown,
  path: string,
): Record<string, unknown> | undefined {
  return descend(settings, path.split('.').slice(0, -1)) as
    | Record<string, unknown>
    | undefined;
}

function descend(start: unknown, keys: string[]): unknown {
  return keys.reduce<any>((node, key) => node?.[key], start);
}
