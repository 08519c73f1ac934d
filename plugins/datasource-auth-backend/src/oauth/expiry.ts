import { readPath } from './responseBody';
import { ResolvedAuth } from '../settings/ResolvedSettings';

const UNIT_MS = { seconds: 1_000, milliseconds: 1, minutes: 60_000 };

/** Longer lifetimes are errors or mean "never", and don't fit a date. */
const LONGEST_MS = 100 * 365 * 86_400_000;

/** From this number on, an absolute time is in milliseconds. In seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;

/** Fields in which providers return the lifetime of a refresh token. */
const USUAL_REFRESH_EXPIRY = [
  'refresh_token_expires_in',
  'refresh_expires_in',
  'x_refresh_token_expires_in',
];

/**
 * Returns when an access token expires, in epoch milliseconds of our clock, or undefined if unknown. Sources in this order:
 * the configured absolute time, the lifetime (a number or a numeric string, in the configured unit), the `exp` of a JWT,
 * and the configured default. A lifetime counts from before the request. Zero means expired; null and other values are
 * ignored.
 *
 * @param clockSkew - the provider's clock minus ours, in milliseconds, for absolute times
 */
export function readExpiry(
  body: unknown,
  auth: ResolvedAuth,
  options: { requestedAt: number; accessToken: string; clockSkew?: number },
): number | undefined {
  const { response, defaultLifetimeSeconds } = auth;
  const { requestedAt, accessToken, clockSkew = 0 } = options;
  const absolute =
    response.expiresAt && absoluteTime(readPath(body, response.expiresAt));
  if (absolute) return absolute - clockSkew;

  const lifetime = milliseconds(
    readPath(body, response.expiresIn),
    response.expiresInUnit,
  );
  if (lifetime !== undefined) return requestedAt + lifetime;

  const exp = expiryOfJwt(accessToken);
  if (exp !== undefined) return exp - clockSkew;
  return defaultLifetimeSeconds === undefined
    ? undefined
    : requestedAt + defaultLifetimeSeconds * 1_000;
}

/**
 * Returns when the refresh token expires, in epoch milliseconds, if the response says so. Zero means never, as in
 * Keycloak's offline tokens.
 */
export function readRefreshExpiry(
  body: unknown,
  auth: ResolvedAuth,
  requestedAt: number,
): number | undefined {
  const { refreshExpiresIn, expiresInUnit } = auth.response;
  const paths = refreshExpiresIn ? [refreshExpiresIn] : USUAL_REFRESH_EXPIRY;
  for (const path of paths) {
    const lifetime = milliseconds(readPath(body, path), expiresInUnit);
    if (lifetime) return requestedAt + lifetime;
  }
  return undefined;
}

function number(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\s*\d+(\.\d+)?\s*$/.test(value))
    return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const found = Number(value);
  return Number.isFinite(found) && found >= 0 ? found : undefined;
}

function milliseconds(
  value: unknown,
  unit: keyof typeof UNIT_MS,
): number | undefined {
  const found = number(value);
  if (found === undefined) return undefined;
  const lifetime = Math.floor(found * UNIT_MS[unit]);
  return lifetime <= LONGEST_MS ? lifetime : undefined;
}

function absoluteTime(value: unknown): number | undefined {
  const found = number(value);
  let time = found;
  if (found === undefined) {
    // Only texts that look like a date: Date.parse also accepts "1".
    time =
      typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
        ? Date.parse(inUtc(value))
        : undefined;
  } else if (found < MILLISECONDS_FROM) {
    time = found * 1_000;
  }
  return time && Number.isFinite(time) && time < 8.64e15
    ? Math.floor(time)
    : undefined;
}

/** A date and time without an offset would be read in this process's time zone. */
function inUtc(text: string): string {
  const iso = text.trim().replace(' ', 'T');
  return /(z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T')
    ? iso
    : `${iso}Z`;
}

function expiryOfJwt(token: string): number | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const { exp } = JSON.parse(
      Buffer.from(parts[1], 'base64url').toString('utf8'),
    );
    return typeof exp === 'number' && exp > 0 && exp < MILLISECONDS_FROM
      ? Math.floor(exp * 1_000)
      : undefined;
  } catch {
    return undefined;
  }
}
