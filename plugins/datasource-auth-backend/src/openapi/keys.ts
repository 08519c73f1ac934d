import {
  isInAuthorization,
  OpenApiKey,
  OpenApiKeys,
  OpenApiOther,
  OpenApiRefusal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { DescriptionPlace } from './DescriptionPlace';
import { shortText } from './shortText';

const MOST_ALTERNATIVES = 50;
const MOST_IN_NAME = 300;

/** A security scheme whose credential the API issues itself, or why it isn't one that can be used. */
export function readKey(
  place: DescriptionPlace,
  scheme: string,
): OpenApiKey | OpenApiOther {
  const text = (key: string) => shortText(place.member(key)?.value, 200) ?? '';
  const type = text('type');
  const refused = (reason: OpenApiRefusal, detail = ''): OpenApiOther => ({
    name: scheme,
    type: detail ? `${type} ${detail}` : type,
    from: place.from,
    reason,
  });
  const found = {
    scheme,
    description: shortText(place.member('description')?.value, 300),
    from: place.from,
  };
  const name = text('name');
  const http = (type === 'http' ? text('scheme') : type).toLowerCase();
  if (type === 'mutualTLS') return { ...found, place: 'certificate' };
  if (http === 'basic' || http === 'bearer') return { ...found, place: http };
  if (type === 'http')
    return refused(http ? 'http_scheme' : 'incomplete', http);
  if (type !== 'apiKey') return refused('unknown');
  const where = text('in');
  if (where === 'cookie') return refused('cookie');
  if (where === 'header' || where === 'query') {
    if (!name) return refused('incomplete');
    return isAccepted(where, name)
      ? { ...found, place: where, name }
      : refused('header', name);
  }
  return refused(where ? 'unknown' : 'incomplete', where);
}

/** Returns whether settings accept a secret in this header or query parameter. */
function isAccepted(place: 'header' | 'query', name: string): boolean {
  const map = place === 'header' ? 'headers' : 'query';
  const { data } = datasourceSettingsSchema.safeParse({
    name: 'draft',
    auth: { type: 'static', [map]: { [name]: { secret: true } } },
  });
  // A parser drops a key such as __proto__ without an error.
  return JSON.stringify(data?.auth ?? null).includes(JSON.stringify(name));
}

/** The security schemes that operations require together, and how many operations do. */
export interface Requirement {
  schemes: string[];
  operations: number;
}

/**
 * Returns the alternatives of keys: those that a requirement names together, and each that no requirement names. Keys
 * that are required only beside a token belong to its scheme.
 */
export function alternativesOfKeys(
  keys: OpenApiKey[],
  requirements: Requirement[],
  isToken: (scheme: string) => boolean,
): OpenApiKeys[] {
  const alternatives = new Map<string, OpenApiKeys>();
  const add = (together: OpenApiKey[]) => {
    const schemes = together.map(({ scheme }) => scheme);
    const name = schemes.join(' + ').slice(0, MOST_IN_NAME);
    if (together.length > 0 && alternatives.size < MOST_ALTERNATIVES)
      alternatives.set(name, { name, keys: together });
  };
  const required = requirements.map(({ schemes }) => schemes);
  for (const schemes of required.filter(names => !names.some(isToken))) {
    const together = keys.filter(({ scheme }) => schemes.includes(scheme));
    if (fitInOneCall(together)) add(together);
    else together.forEach(key => add([key]));
  }
  const named = new Set(required.flat());
  for (const key of keys) if (!named.has(key.scheme)) add([key]);
  return [...alternatives.values()];
}

/** Returns the keys of the requirement that most operations with a token have. */
export function keysBesideToken(
  scheme: string,
  keys: OpenApiKey[],
  requirements: Requirement[],
): OpenApiKey[] {
  const [most] = requirements
    .filter(({ schemes }) => schemes.includes(scheme))
    .sort((a, b) => b.operations - a.operations);
  const beside = keys.filter(
    key => most?.schemes.includes(key.scheme) && !isInAuthorization(key),
  );
  return fitInOneCall(beside) ? beside : [];
}

/** Returns whether no two keys are sent in the same place. */
function fitInOneCall(keys: OpenApiKey[]): boolean {
  const places = keys.map(key =>
    isInAuthorization(key)
      ? 'authorization'
      : `${key.place} ${key.name?.toLowerCase()}`,
  );
  return new Set(places).size === keys.length;
}
