/**
 * Returns the field at a dotted path (`data.access_token`, `tokens.0.value`). A field whose name is the whole path wins.
 * Inherited properties don't count.
 *
 * @public
 */
export function readPath(value: unknown, path: string): unknown {
  const whole = ownMember(value, path);
  if (whole !== undefined) return whole;
  return path
    .split('.')
    .reduce<unknown>((current, key) => ownMember(current, key), value);
}

function ownMember(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
