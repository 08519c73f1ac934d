import { OpenApiScope } from 'backstage-plugin-datasource-auth-common';
import { scopeSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { DescriptionPlace } from './DescriptionPlace';
import { shortText } from './shortText';

/** Limit per flow. The largest public descriptions have some hundreds. */
export const MAX_SCOPES = 1_000;

/** Splits a text into scopes. Usually it is one, but some documents put several into one key. */
export function scopesIn(text: string): string[] {
  return text
    .split(/\s+/)
    .filter(scope => scopeSchema.safeParse(scope).success);
}

/**
 * Returns the scopes of a flow with their descriptions. The specification requires a map, but some documents
 * have lists.
 */
export function offeredScopes(
  scopes: DescriptionPlace | undefined,
  note: (sentence: string) => void,
): OpenApiScope[] {
  const offered = new Map<string, OpenApiScope>();
  const offer = (text: string, about: unknown, from: string) => {
    const found = scopesIn(text);
    if (found.length === 0) {
      note(
        `${from}: isn't a valid scope (RFC 6749 section 3.3) and is ignored`,
      );
    }
    for (const scope of found) {
      offered.set(scope, { scope, description: shortText(about, 300) });
    }
  };
  for (const scope of scopes?.members(MAX_SCOPES) ?? []) {
    if (scope.isExtension(({ value }) => !isObject(value))) continue;
    offer(scope.key, scope.value, scope.from);
  }
  for (const scope of scopes?.items(MAX_SCOPES) ?? []) {
    if (typeof scope.value === 'string')
      offer(scope.value, undefined, scope.from);
  }
  return [...offered.values()];
}

/** The description of a scope is text or missing. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
