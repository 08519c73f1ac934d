/**
 * Makes text of a document safe to display: one line of limited length without control or direction
 * characters. Returns undefined if it isn't text or is empty. Accepts numbers, because a version in YAML is
 * often one.
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
