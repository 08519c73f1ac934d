declare const isTokenKey: unique symbol;

/**
 * Key of a remembered token: its datasource and the subject. A plugin that acts as itself has no subject here.
 *
 * @internal
 */
export type TokenKey = string & { readonly [isTokenKey]: true };

/**
 * Creates a key. Names of datasources contain no space, so keys are unique.
 *
 * @internal
 */
export function tokenKey(datasource: string, subject?: string): TokenKey {
  return (
    subject === undefined ? datasource : `${datasource} ${subject}`
  ) as TokenKey;
}
