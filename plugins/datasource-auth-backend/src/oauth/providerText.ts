/** Stands where a secret stood. */
export const REMOVED = '[removed]';

/** Longest text of a provider that is kept. */
const MOST_CHARACTERS = 500;

/** A JSON web token, wherever it stands in a text. */
const JWT = /\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g;

/**
 * Makes a provider's text fit to be kept and shown: no control or direction characters, no known secret however the
 * provider echoes it, nothing that looks like a token, and no more than 500 characters.
 */
export function cleanProviderText(
  text: string,
  secrets: readonly string[],
): string {
  let clean = text;
  // The longer first: one secret may be part of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < 4) continue;
    for (const form of spellings(secret))
      clean = clean.replaceAll(form, REMOVED);
  }
  clean = clean
    .replace(JWT, REMOVED)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim();
  return clean.length > MOST_CHARACTERS
    ? `${clean.slice(0, MOST_CHARACTERS)}…`
    : clean;
}

/** How a secret looks in an address, in a form, in JSON and in an `Authorization` header, and those in each other. */
function spellings(secret: string): Set<string> {
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const once = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    json(secret),
    Buffer.from(secret).toString('base64'),
  ];
  return new Set(
    // The longest first: a plain spelling may be part of one that is encoded twice.
    once.flatMap(text => [
      encodeURIComponent(json(text)),
      encodeURIComponent(text),
      json(text),
      text,
    ]),
  );
}
