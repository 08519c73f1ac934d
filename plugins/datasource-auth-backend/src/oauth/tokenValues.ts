import { TOKEN_MEMBERS } from 'backstage-plugin-datasource-auth-common';
import { readPath } from './responseBody';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** A field with such a name holds a credential, or everything below it may be one. */
const CREDENTIAL_NAME =
  /token|secret|assertion|passw|jwt|credential|api[_-]?key|authorization|session|cookie|signature|ticket/i;

/** What such a name says of the credential instead of holding it. */
const ABOUT_CREDENTIAL =
  /(type|types|expires?([_-]?(in|at|on))?|expiry|expiration|lifetime|ttl|url|uri|endpoint|hint|errors?|status|scopes?|supported)$/i;

/** More values than this are collected from no response: where there are more, its texts are not shown at all. */
const MOST_VALUES = 300;

/**
 * Every value of a response that may be a credential, whatever the settings say about the response: the settings can be
 * wrong, and then an error text would be read from where the token is.
 */
export function tokenValues(body: unknown, auth: ResolvedAuth): string[] {
  const { accessToken, refreshToken } = auth.response;
  const found = new Set<string>();
  const add = (value: unknown) => {
    const text = String(value);
    for (const form of [text, text.trim()]) if (form) found.add(form);
  };
  const open: Array<{ value: unknown; secret: boolean }> = [
    { value: body, secret: false },
    ...[accessToken, refreshToken].map(path => ({
      value: readPath(body, path),
      secret: true,
    })),
  ];
  // A stack of its own: a body can be nested deeper than calls can.
  while (open.length && found.size <= MOST_VALUES) {
    const { value, secret } = open.pop()!;
    if (Array.isArray(value)) {
      for (const entry of value) open.push({ value: entry, secret });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        const named = secret || CREDENTIAL_NAME.test(name);
        open.push({
          value: entry,
          secret: named && !ABOUT_CREDENTIAL.test(name),
        });
      }
    } else if (secret && ['string', 'number'].includes(typeof value)) {
      add(value);
    }
  }
  return [...found];
}

/** The tokens of a response under their own names and at the configured paths. */
export function credentialsIn(
  body: unknown,
  { response }: ResolvedAuth,
): string[] {
  return [response.accessToken, response.refreshToken, ...TOKEN_MEMBERS]
    .map(path => readPath(body, path))
    .filter((value): value is string => typeof value === 'string');
}
