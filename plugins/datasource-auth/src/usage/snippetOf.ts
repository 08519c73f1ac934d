import {
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';

/** Returns the three lines of code with which a plugin uses a datasource. An API key is sent anywhere, not as a token. */
export function snippetOf(
  name: string,
  grantOrKind: GrantOrKind = 'authorization_code',
): string {
  const parts = isHeldBySettings(grantOrKind)
    ? 'headers, query'
    : 'accessToken';
  return [
    'deps: { tokens: datasourceAuthServiceRef },',
    `const { ${parts} } = await tokens.getToken({ datasource: '${name}' });`,
    `const response = await tokens.fetch({ datasource: '${name}' }, '/path');`,
  ].join('\n');
}
