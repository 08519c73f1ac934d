import {
  DatasourceSettings,
  SECRET_SETTINGS,
  SecretInfo,
  Value,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext, ResolvedAuth } from './ResolvedSettings';

/*
 * Settings come with secrets inside and are kept without: a secret lives in a map from its path in the settings
 * (`auth.clientSecret`, `auth.token.headers.X-Key`) to its value, and that map is sealed as a whole.
 */

/** Secret values by their path. */
export type Secrets = Map<string, string>;

/** What is known of the secrets without opening them, by path. */
export type SecretInfos = Record<string, Omit<SecretInfo, 'set'>>;

/** Settings with all secrets taken out; secret values read `{ secret: true }`. */
export type BareSettings = DatasourceSettings;

/** What a write says about one secret: a value sets it, `null` removes it; what it does not mention is kept. */
export type SecretChanges = Map<string, string | null>;

/** Maps whose values can be marked as secret. */
export const VALUE_MAPS = [
  'instance',
  'auth.authorize.params',
  'auth.token.params',
  'auth.token.query',
  'auth.token.headers',
  'auth.refresh.params',
] as const;

/**
 * Takes the secrets out of written settings.
 *
 * @returns the settings without secrets, what the write says of each, and the paths that may hold one at all
 */
export function splitSecrets(written: DatasourceSettings): {
  settings: BareSettings;
  changes: SecretChanges;
  places: Set<string>;
} {
  const settings = structuredClone(written);
  const changes: SecretChanges = new Map();
  const places = new Set<string>(SECRET_SETTINGS);

  for (const path of SECRET_SETTINGS) {
    const parent = parentOf(settings, path);
    const key = path.split('.').pop()!;
    const value = parent?.[key];
    if (typeof value === 'string' && value !== '') changes.set(path, value);
    else if (value === null || value === '') changes.set(path, null);
    if (parent) delete parent[key];
  }
  for (const mapPath of VALUE_MAPS) {
    const map = valueMap(settings, mapPath);
    for (const [key, value] of Object.entries(map ?? {})) {
      const path = `${mapPath}.${key}`;
      if (typeof value === 'string') continue;
      places.add(path);
      if (typeof value.value === 'string') changes.set(path, value.value);
      else if (value.value === null) changes.set(path, null);
      map![key] = { secret: true };
    }
  }
  return { settings, changes, places };
}

/**
 * The secrets after a write: what it sets, else what was there. A value that is no longer marked as secret is gone.
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

/** Whether a secret is set, since when and by whom, in the places where the settings may have one. */
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
    else if (parent) delete parent[last];
  }
  for (const mapPath of VALUE_MAPS) {
    const map = valueMap(view, mapPath);
    for (const [key, value] of Object.entries(map ?? {})) {
      if (typeof value !== 'string') {
        map![key] = { secret: true, set: `${mapPath}.${key}` in infos };
      }
    }
  }
  return view;
}

/** Puts settings and secrets together for one call to the provider. */
export function resolveSettings(
  settings: BareSettings,
  secrets: Secrets,
): Pick<ProviderContext, 'auth' | 'instance' | 'secrets'> {
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
    secrets: [...secrets.values()],
  };
}

/** The values of the instance alone: that is all an address needs. */
export function resolveInstance(
  settings: BareSettings,
  secrets: Secrets,
): ProviderContext['instance'] {
  const instance = { ...settings.instance };
  putSecrets(instance, 'instance', secrets);
  return instance as ProviderContext['instance'];
}

/** Serializes secrets for sealing. */
export function serializeSecrets(secrets: Secrets): string {
  return JSON.stringify([...secrets]);
}

/** Reads what {@link serializeSecrets} wrote. */
export function parseSecrets(text: string): Secrets {
  return new Map(JSON.parse(text) as Array<[string, string]>);
}

function putSecrets(
  map: Record<string, Value>,
  mapPath: string,
  secrets: Secrets,
) {
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === 'string') continue;
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
