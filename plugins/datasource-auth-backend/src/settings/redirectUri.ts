/**
 * Returns the redirect URI of a datasource: the shared one, or its own below it. The final slash stays as configured.
 */
export function redirectUriFor(
  callbackUrl: string,
  name: string,
  kind: 'shared' | 'own' = 'shared',
): string {
  if (kind === 'shared') return callbackUrl;
  const slash = callbackUrl.endsWith('/') ? '/' : '';
  return `${callbackUrl.replace(/\/+$/, '')}/${name}${slash}`;
}
