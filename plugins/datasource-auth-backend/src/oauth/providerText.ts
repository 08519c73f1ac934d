/** Replaces a secret. */
export const REMOVED = '[removed]';

/** Longest text of a provider that is kept. */
const MOST_CHARACTERS = 500;

/** How much is compared at most, in characters of the text times secrets: a hostile response must not block the process. */
const MOST_COMPARED = 500_000;

/** Shorter values are words and numbers of every text. */
const SHORTEST_SECRET = 4;

/** A JSON web token, wherever it stands in a text. */
const JWT = /\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g;

/** A run of characters as tokens have them. */
const RUN = /[\w~+=-]{24,}/g;

/**
 * Makes a provider's text fit to be kept and shown: no control or direction characters, no known secret however the
 * provider echoes it, nothing that looks like a token, and no more than 500 characters. It is capped last: a part of a
 * secret is not found.
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
  // The longer first: one spelling may be part of another.
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length))
    clean = clean.replaceAll(form, REMOVED);
  clean = clean
    .replace(JWT, REMOVED)
    .replace(RUN, run => (looksRandom(run) ? REMOVED : run))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim();
  return clean.length > most ? `${clean.slice(0, most)}…` : clean;
}

/** Identifiers such as UUIDs stay: support of the provider asks for them. */
function looksRandom(run: string): boolean {
  return (
    (/[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)) ||
    /[0-9a-f]{32}/i.test(run)
  );
}

/** How a secret looks in an address, in a form, in JSON and in an `Authorization` header, and those in each other. */
function spellings(secret: string): string[] {
  // Half of a surrogate pair cannot be encoded.
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

/** As JavaScript writes a string, as PHP does (`\/`), and in ASCII only. */
function jsonSpellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [json, ascii].flatMap(form => [form, form.replaceAll('/', '\\/')]);
}
