/** Replaces a secret. */
export const REMOVED = '[removed]';

/** Maximum length of a provider's text that is kept. */
const MOST_CHARACTERS = 500;

/** Maximum work, in characters of the text times secrets, so that a hostile response can't block the process. */
const MOST_COMPARED = 500_000;

/** Shorter values appear in every text as words and numbers. */
const SHORTEST_SECRET = 4;

/** A JSON Web Token anywhere in a text. */
const JWT = /\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g;

/** A sequence of characters that looks like a token. */
const RUN = /[\w~+=-]{24,}/g;

/**
 * Makes a provider's text safe to keep and show: without control and direction characters, known secrets in any spelling,
 * and anything that looks like a token, and with at most 500 characters. It is shortened last, because a partial secret
 * wouldn't be found.
 */
export function cleanProviderText(
  text: string,
  secrets: readonly string[],
  most = MOST_CHARACTERS,
): string {
  if (text.length * secrets.length > MOST_COMPARED) return REMOVED;
  let clean = text;
  const forms = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET && length <= text.length)
    .flatMap(spellings);
  // The longest first, because one spelling may be part of another.
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length))
    clean = clean.replaceAll(form, REMOVED);
  clean = clean
    .replace(JWT, REMOVED)
    .replace(RUN, run => (looksRandom(run) ? REMOVED : run))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim();
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}

/** Identifiers such as UUIDs stay, because the provider's support asks for them. */
function looksRandom(run: string): boolean {
  return (
    (/[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)) ||
    /[0-9a-f]{32}/i.test(run)
  );
}

/** Returns the spellings of a secret in URLs, forms, JSON and `Authorization` headers, and in combinations of them. */
function spellings(secret: string): string[] {
  // Half of a surrogate pair can't be encoded.
  const whole = wellFormed(secret);
  const base64 = Buffer.from(whole).toString('base64');
  const base64url = Buffer.from(whole).toString('base64url');
  const once = [
    ...[secret, whole, encodeURIComponent(whole), formEncoded(whole)],
    ...[...jsonSpellings(whole), base64, base64.replace(/=+$/, ''), base64url],
  ];
  const twice = once.flatMap(text => [
    ...jsonSpellings(text).flatMap(json => [
      json,
      encodeURIComponent(wellFormed(json)),
    ]),
    text,
  ]);
  return twice.flatMap(text => [
    text,
    text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
  ]);
}

function wellFormed(text: string): string {
  return Buffer.from(text).toString('utf8');
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Returns a string as written by JavaScript, by PHP (`\/`), and in ASCII only. */
function jsonSpellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [json, ascii].flatMap(form => [form, form.replaceAll('/', '\\/')]);
}
