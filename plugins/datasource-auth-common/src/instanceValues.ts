import { replaceTemplates } from './templates';

/**
 * Returns the name of the instance value that an expression uses, as a value or as a host.
 *
 * @public
 */
export function instanceName(expression: string): string | undefined {
  return /^(?:authority\s+)?instance\.(.*)$/.exec(expression)?.[1];
}

/**
 * Returns the instance value that a template expression refers to, or undefined if it refers to something else or no
 * value is entered.
 */
export function instanceValue(
  expression: string,
  instance: Record<string, unknown> = {},
): unknown {
  const name = instanceName(expression);
  return name !== undefined && Object.hasOwn(instance, name)
    ? instance[name]
    : undefined;
}

/** Returns whether a value is stored as a secret: an object, with or without its text. */
export function isSecretValue(value: unknown): value is { value?: unknown } {
  return typeof value === 'object' && value !== null;
}

/**
 * Fills instance values into a text. Unknown values and secrets stay templates.
 *
 * @param options - `secrets`: also fills in known secrets. Use it to compare the result, not to show it
 * @public
 */
export function fillInstance(
  text: string,
  instance: Record<string, unknown> | undefined,
  options: { secrets?: boolean } = {},
): string {
  return replaceTemplates(text, expression => {
    const found = instanceValue(expression, instance);
    const value = options.secrets && isSecretValue(found) ? found.value : found;
    return typeof value === 'string' ? value : `{{${expression}}}`;
  });
}
