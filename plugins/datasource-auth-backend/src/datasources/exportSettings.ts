import {
  datasourceSettingsSchema,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { stringify } from 'yaml';
import { BareSettings, SecretInfos } from './secrets';

/**
 * Settings as a block for app-config.yaml: what has its default is left out, and each secret stands as an environment
 * variable to be set.
 */
export function exportSettings(
  settings: BareSettings,
  secrets: SecretInfos,
): string {
  const { name, ...rest } = settings;
  const plain = withoutDefaults(
    rest,
    defaultsFor(settings.auth.grantType),
  ) as any;
  plain.auth = { grantType: settings.auth.grantType, ...plain.auth };
  for (const path of Object.keys(secrets)) {
    setAt(plain, path.split('.'), `\${${variableName(name, path)}}`);
  }
  return stringify({ datasourceAuth: { datasources: { [name]: plain } } });
}

function variableName(name: string, path: string): string {
  return `${name}_${path.split('.').slice(1).join('_')}`
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

function defaultsFor(grantType: GrantType): unknown {
  const { name, ...defaults } = datasourceSettingsSchema.parse({
    name: 'defaults',
    auth: { grantType },
  });
  return defaults;
}

/** What differs from the defaults; undefined where nothing does. */
function withoutDefaults(value: unknown, defaults: unknown): unknown {
  if (JSON.stringify(value) === JSON.stringify(defaults)) return undefined;
  if (!isRecord(value) || !isRecord(defaults)) return value;
  const entries = Object.entries(value)
    .map(([key, member]) => [key, withoutDefaults(member, defaults[key])])
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries);
}

function setAt(target: any, path: string[], value: string) {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    const marked = isRecord(target[key]) && 'secret' in target[key];
    target[key] = marked ? { secret: true, value } : value;
    return;
  }
  target[key] ??= {};
  setAt(target[key], rest, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
