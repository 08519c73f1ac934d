const TEMPLATE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * The expressions of all templates (`{{instance.tenant}}`) in a text, in order of appearance.
 *
 * @public
 */
export function templateExpressions(text: string): string[] {
  return [...text.matchAll(TEMPLATE)].map(match => match[1]);
}

/**
 * Replaces each template of a text by what `substitute` returns for its expression.
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
