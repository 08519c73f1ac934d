/**
 * Returns the setting at a dotted path, or undefined if there is none.
 *
 * @public
 */
export function settingAt(settings: object, path: string): unknown {
  let value: unknown = settings;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
