declare const isTokenKey: unique symbol;

/**
 * The one key of a remembered token: its datasource, and for whom the plugin asked. The plugin itself is no subject that
 * this library knows by name.
 *
 * @internal
 */
export type TokenKey = string & { readonly [isTokenKey]: true };

/**
 * Makes a key. Names of datasources hold no space, so no two are the same.
 *
 * @internal
 */
export function tokenKey(datasource: string, subject?: string): TokenKey {
  return (
    subject === undefined ? datasource : `${datasource} ${subject}`
  ) as TokenKey;
}
