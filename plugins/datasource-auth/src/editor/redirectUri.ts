/**
 * The redirect URI of a form, byte for byte: the shared one, or one of the datasource's own below it, with a final
 * slash exactly where the shared one has it.
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
