/** Shorter values appear in too many texts and protect nothing. */
const SHORTEST = 4;

/**
 * Returns the spellings of a secret in headers: plain, URL-encoded, form-encoded and base64, the longest first. Empty for
 * secrets of up to three characters.
 */
export function secretSpellings(secrets: readonly string[]): string[] {
  const spellings = secrets
    .filter(secret => secret.length >= SHORTEST)
    .flatMap(secret => {
      const whole = Buffer.from(secret).toString();
      const form = new URLSearchParams({ '': whole }).toString().slice(1);
      const encoded = [encodeURIComponent(whole), form];
      return [
        secret,
        ...encoded,
        ...encoded.map(text =>
          text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
        ),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('base64url'),
      ];
    });
  return [...new Set(spellings)].sort((a, b) => b.length - a.length);
}

/** Masks secrets in a text, in every spelling. */
export function mask<T extends string | undefined>(
  text: T,
  secrets: readonly string[],
): T {
  if (text === undefined) return text;
  return secretSpellings(secrets).reduce<string>(
    (masked, spelling) => masked.replaceAll(spelling, '***'),
    text,
  ) as T;
}
