/** More levels of encoding than this are a disguise. */
const MOST_LEVELS = 8;

/**
 * Decodes percent escapes until nothing changes, as a chain of servers that each decode once would. Bytes become the
 * characters of the same number, which is enough to find separators, dots and control characters. Nothing where a text is
 * encoded more often than anybody needs.
 */
export function decodeFully(text: string): string | undefined {
  let decoded = text;
  for (let level = 0; level < MOST_LEVELS; level++) {
    const next = decoded.replace(/%([0-9a-f]{2})/gi, (_, byte) =>
      String.fromCharCode(parseInt(byte, 16)),
    );
    if (next === decoded) return decoded;
    decoded = next;
  }
  return undefined;
}
