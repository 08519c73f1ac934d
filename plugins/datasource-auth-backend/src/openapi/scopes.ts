import {
  OpenApiScope,
  scopeSchema,
} from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';
import { shortText } from './shortText';

/** Scopes of one flow; the largest public descriptions offer some hundreds. */
export const MAX_SCOPES = 1_000;

/** The scopes in a text: usually one, several where somebody wrote them into one key. */
export function scopesIn(text: string): string[] {
  return text
    .split(/\s+/)
    .filter(scope => scopeSchema.safeParse(scope).success);
}

/**
 * The scopes that a flow offers, with what they allow. The specification wants a map from scope to description; lists
 * occur.
 */
export function offeredScopes(
  scopes: DescriptionPlace | undefined,
  note: (sentence: string) => void,
): OpenApiScope[] {
  const offered = new Map<string, OpenApiScope>();
  const offer = (text: string, about: unknown, from: string) => {
    const found = scopesIn(text);
    if (found.length === 0) {
      note(`${from}: is no scope (RFC 6749 section 3.3) and is left out`);
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

/** What describes a scope is a text, or nothing. */
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
