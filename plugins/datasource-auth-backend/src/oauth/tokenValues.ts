import {
  TOKEN_MEMBERS,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import { readPath } from './responseBody';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/** A field with such a name is a credential, or everything below it may be one. */
const CREDENTIAL_NAME =
  /token|secret|assertion|passw|jwt|credential|api[_-]?key|authorization|session|cookie|signature|ticket/i;

/** Fields with such a name describe the credential. */
const ABOUT_CREDENTIAL =
  /(type|types|expires?([_-]?(in|at|on))?|expiry|expiration|lifetime|ttl|url|uri|endpoint|hint|errors?|status|scopes?|supported)$/i;

/** Maximum number of values collected from a response. If there are more, its texts aren't shown. */
const MOST_VALUES = 300;

/**
 * Returns every value of a response that may be a credential, regardless of the settings: if these are wrong, an error text
 * would be read from the token's field.
 */
export function tokenValues(body: unknown, auth: ResolvedAuth): string[] {
  const { accessToken, refreshToken } = auth.response;
  const found = new Set<string>();
  const add = (value: unknown) => {
    const text = String(value);
    for (const form of [text, text.trim()]) if (form) found.add(form);
  };
  const open: Array<{ value: unknown; secret: boolean }> = [
    { value: body, secret: accessToken === WHOLE_RESPONSE },
    ...[accessToken, refreshToken].map(path => ({
      value: readPath(body, path),
      secret: true,
    })),
  ];
  // An explicit stack, because a body can be nested deeper than the call stack.
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

/** Returns the tokens of a response by their standard names and at the configured paths. */
export function credentialsIn(
  body: unknown,
  { response }: ResolvedAuth,
): string[] {
  return [response.accessToken, response.refreshToken, ...TOKEN_MEMBERS]
    .map(path => readPath(body, path))
    .filter((value): value is string => typeof value === 'string');
}
