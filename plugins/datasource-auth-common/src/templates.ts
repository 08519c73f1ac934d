const TEMPLATE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Returns the expressions of all templates (`{{instance.tenant}}`) in a text, in order of appearance.
 *
 * @public
 */
export function templateExpressions(text: string): string[] {
  return [...text.matchAll(TEMPLATE)].map(match => match[1]);
}

/**
 * Replaces each template in a text with the value that `substitute` returns for its expression.
 *
 * @public
 */
export function replaceTemplates(
  text: string,
  substitute: (expression: string) => string,
): string {
  return text.replace(TEMPLATE, (_, expression: string) =>
    substitute(expression),
  );
}
