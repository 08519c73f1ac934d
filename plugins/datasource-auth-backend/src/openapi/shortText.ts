/**
 * A text out of a document, fit to be shown: one line without control or direction characters, and not longer than said.
 * Undefined for what is no text or says nothing. Numbers count as text: a version in YAML is often one.
 */
export function shortText(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value)
    // Looking at a whole megabyte for its first line would be wasted.
    .slice(0, most * 4)
    .replace(/[\p{Cc}\p{Cf}\s\u2028\u2029]+/gu, ' ')
    .trim();
  if (text === '') return undefined;
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
