import { SettingChange } from 'backstage-plugin-datasource-auth-common';
import { JsonObject } from '@backstage/types';
import { BareSettings, SecretInfos } from './secrets';

/** Longer values are cut: the timeline shows what changed, not all settings. */
const SHOWN_CHARACTERS = 200;

/**
 * Returns the settings that a save changes, value by value, for the timeline. For a secret it returns only what
 * happened to it.
 */
export function changesBetween(
  before: { settings: BareSettings; secretInfos: SecretInfos },
  after: { settings: BareSettings; secretInfos: SecretInfos },
): JsonObject[] {
  const old = valuesOf(before.settings);
  const now = valuesOf(after.settings);
  const values = [...new Set([...old.keys(), ...now.keys()])]
    .filter(path => old.get(path) !== now.get(path))
    .map(
      (path): SettingChange => ({
        path,
        before: old.get(path),
        after: now.get(path),
      }),
    );
  const secrets = [
    ...new Set([
      ...Object.keys(before.secretInfos),
      ...Object.keys(after.secretInfos),
    ]),
  ].flatMap((path): SettingChange[] => {
    const secret = secretChange(
      before.secretInfos[path],
      after.secretInfos[path],
    );
    return secret ? [{ path, secret }] : [];
  });
  // JSON omits absent values, as storage does.
  return JSON.parse(JSON.stringify([...values, ...secrets]));
}

function secretChange(
  before: object | undefined,
  after: object | undefined,
): SettingChange['secret'] {
  if (!before) return after && 'set';
  if (!after) return 'removed';
  // A save carries unmentioned values over as the same object.
  return before === after ? undefined : 'replaced';
}

/** Returns the values of settings as short texts by dotted path, without secret values. */
function valuesOf(settings: unknown, path = ''): Map<string, string> {
  if (settings === undefined || settings === null) return new Map();
  if (typeof settings !== 'object' || Array.isArray(settings)) {
    return new Map([[path, textOf(settings)]]);
  }
  if ('secret' in settings) return new Map();
  return new Map(
    Object.entries(settings).flatMap(([key, value]) => [
      ...valuesOf(value, path ? `${path}.${key}` : key),
    ]),
  );
}

function textOf(value: unknown): string {
  const plain =
    Array.isArray(value) && value.every(item => typeof item !== 'object')
      ? value.join(' ')
      : JSON.stringify(value);
  const text = typeof value === 'string' ? value : plain;
  return text.length > SHOWN_CHARACTERS
    ? `${text.slice(0, SHOWN_CHARACTERS)}…`
    : text;
}
