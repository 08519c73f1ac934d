import { OpenApiOrigin } from './openApiDraft';
import { SettingsDraft } from './presetDraft';
import { Value } from './settingValues';

/**
 * A credential that the API issues itself, or the client certificate that it requires, as one security scheme describes it.
 *
 * @public
 */
export interface OpenApiKey {
  /** Name of the security scheme. */
  scheme: string;
  /** Where each call sends it; `certificate` is the client certificate of its connection. */
  place: 'header' | 'query' | 'basic' | 'bearer' | 'certificate';
  /** Name of the header or query parameter. */
  name?: string;
  /** Description from the document. */
  description?: string;
  /** JSON pointer to the scheme. */
  from: string;
}

/**
 * The credentials that each call needs together: one security scheme, or several of one requirement.
 *
 * @public
 */
export interface OpenApiKeys {
  /** Names of the schemes, joined with a plus sign. */
  name: string;
  /** One for each scheme. */
  keys: OpenApiKey[];
}

/**
 * A security scheme that isn't proposed.
 *
 * @public
 */
export interface OpenApiOther {
  /** Name in the document. */
  name: string;
  /** Its type in the specification, with the HTTP scheme if it has one. */
  type: string;
  /** JSON pointer to it. */
  from: string;
  /** Why it isn't proposed. */
  reason: OpenApiRefusal;
}

/**
 * Why a security scheme isn't proposed: it needs a cookie, an HTTP scheme or a header that Backstage doesn't send; it
 * lacks required fields; or its type is unknown.
 *
 * @public
 */
export type OpenApiRefusal =
  | 'cookie'
  | 'http_scheme'
  | 'header'
  | 'incomplete'
  | 'unknown';

/**
 * Returns whether a credential is sent in the header `Authorization`, which a call can have only once.
 *
 * @public
 */
export function isInAuthorization({ place, name }: OpenApiKey): boolean {
  if (place === 'header') return name?.toLowerCase() === 'authorization';
  return place === 'basic' || place === 'bearer';
}

/**
 * Returns whether a credential is a client certificate, which each call has beside any other credential.
 *
 * @public
 */
export function isClientCertificate({ place }: OpenApiKey): boolean {
  return place === 'certificate';
}

/** Returns headers and query parameters whose secrets are still to be entered. */
export function valuesOfKeys(keys: OpenApiKey[]): {
  headers?: Record<string, Value>;
  query?: Record<string, Value>;
} {
  const of = (wanted: OpenApiKey['place']) => {
    const names = keys.flatMap(({ place, name }) =>
      place === wanted && name ? [name] : [],
    );
    return names.length
      ? Object.fromEntries(names.map(name => [name, { secret: true as const }]))
      : undefined;
  };
  const headers = of('header');
  const query = of('query');
  return { ...(headers && { headers }), ...(query && { query }) };
}

/** Returns the `auth` settings for keys, without their secrets. A client certificate alone needs none. */
export function authOfKeys(
  keys: OpenApiKey[],
): Extract<SettingsDraft['auth'], { type: 'static' | 'none' }> {
  if (keys.every(isClientCertificate)) return { type: 'none' };
  const has = (wanted: OpenApiKey['place']) =>
    keys.some(({ place }) => place === wanted);
  return {
    type: 'static',
    ...valuesOfKeys(keys),
    ...(has('basic') && { basic: { username: '' } }),
    ...(has('bearer') && { bearer: { set: false } }),
  };
}

/** Returns where the values for keys are from, below the settings at a path. */
export function originsOfKeys(
  keys: OpenApiKey[],
  path: 'auth' | 'api',
): OpenApiOrigin[] {
  return keys.flatMap(({ place, name, from }) => {
    if (!name) return [];
    const map = place === 'header' ? 'headers' : 'query';
    return [{ path: `${path}.${map}.${name}`, value: name, from }];
  });
}
