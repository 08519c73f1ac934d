/**
 * Returns the exact redirect URI of a form: the shared one or the datasource's own one below it, which ends with a
 * slash if the shared one does.
 */
export function redirectUriOf(
  callbackUrl: string | undefined,
  kind: string,
  name: string,
): string | undefined {
  if (!callbackUrl || kind !== 'own') return callbackUrl;
  if (!name) return undefined;
  return callbackUrl.endsWith('/')
    ? `${callbackUrl}${name}/`
    : `${callbackUrl}/${name}`;
}
