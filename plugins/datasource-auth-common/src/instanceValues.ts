import { replaceTemplates } from './templates';

/**
 * Returns the instance value that an expression of a template stands for; undefined where it stands for something else,
 * or nothing is entered.
 */
export function instanceValue(
  expression: string,
  instance: Record<string, unknown> = {},
): unknown {
  const [, name] = /^instance\.(.*)$/.exec(expression) ?? [];
  return name !== undefined && Object.hasOwn(instance, name)
    ? instance[name]
    : undefined;
}

/** Whether a value is kept as a secret: an object, with its text or without. */
export function isSecretValue(value: unknown): value is { value?: unknown } {
  return typeof value === 'object' && value !== null;
}

/**
 * Fills instance values into a text. What is unknown stays a template, and so does a secret.
 *
 * @param options - `secrets`: fills in those that are there, to compare the result, not to show it
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
