import {
  oauth2Settings,
  VALUE_MAPS,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { stringify } from 'yaml';
import { BareSettings, SecretInfos } from './secrets';

/**
 * Returns settings as a block for app-config.yaml that declares the same datasource. Defaults are left out, each secret
 * becomes an environment variable to set, and text that looks like a variable is escaped.
 */
export function exportSettings(
  settings: BareSettings,
  secrets: SecretInfos,
): string {
  const { name, ...rest } = settings;
  const { auth, ...plain } = literally(
    withoutDefaults(rest, defaultsFor(settings.auth)) ?? {},
  ) as Record<string, any>;
  const exported = { ...plain, auth: { ...shapeOf(settings.auth), ...auth } };
  const taken = new Set<string>();
  for (const path of Object.keys(secrets)) {
    const variable = variableName(name, path, taken);
    setAt(exported, path, `\${${variable}}`);
  }
  return stringify({ datasourceAuth: { datasources: { [name]: exported } } });
}

/** Copies a value and escapes text that looks like a variable. */
function literally(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{[^{}]*\}/g, variable => `$${variable}`);
  }
  if (Array.isArray(value)) return value.map(literally);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, literally(member)]),
  );
}

/** Returns a unique name that a shell can export. */
function variableName(name: string, path: string, taken: Set<string>): string {
  const base = `${name}_${path.replace(/^auth\./, '')}`
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase();
  let variable = base;
  for (let count = 2; taken.has(variable); count++) {
    variable = `${base}_${count}`;
  }
  taken.add(variable);
  return variable;
}

/** Settings that decide which defaults apply. The type may be omitted for OAuth 2.0. */
function shapeOf(auth: BareSettings['auth']) {
  const oauth = oauth2Settings(auth);
  return oauth ? { grantType: oauth.grantType } : { type: auth.type };
}

function defaultsFor(auth: BareSettings['auth']): unknown {
  const { name, ...defaults } = datasourceSettingsSchema.parse({
    name: 'defaults',
    auth: shapeOf(auth),
  });
  return defaults;
}

/** Returns what differs from the defaults, or undefined. */
function withoutDefaults(value: unknown, defaults: unknown): unknown {
  if (JSON.stringify(value) === JSON.stringify(defaults)) return undefined;
  if (!isRecord(value) || !isRecord(defaults)) return value;
  const entries = Object.entries(value)
    .map(([key, member]) => [key, withoutDefaults(member, defaults[key])])
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries);
}

/** Sets a secret at its path. In a map, the rest of the path is the key, dots included. */
function setAt(target: any, path: string, value: string) {
  const map = VALUE_MAPS.find(candidate => path.startsWith(`${candidate}.`));
  const keys = map
    ? [...map.split('.'), path.slice(map.length + 1)]
    : path.split('.');
  const last = keys.pop()!;
  let parent = target;
  for (const key of keys) parent = parent[key] ??= {};
  parent[last] = map ? { secret: true, value } : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
