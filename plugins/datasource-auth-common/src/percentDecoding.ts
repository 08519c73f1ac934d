/** More levels of encoding than this are an attempt to hide something. */
const MOST_LEVELS = 8;

/**
 * Decodes percent escapes until nothing changes, as a chain of servers that each decode once would. Each byte becomes
 * the character with the same code, which is enough to find separators, dots, and control characters. Returns undefined
 * if a text has too many levels of encoding.
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
