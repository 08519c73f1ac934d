import {
  GrantOrKind,
  isHeldBySettings,
  Subjects,
} from 'backstage-plugin-datasource-auth-common';

/**
 * Returns the lines of code with which a plugin uses a datasource, as itself and as the user of a request. An API key
 * is sent anywhere, not as a token.
 */
export function snippetOf(
  name: string,
  grantOrKind: GrantOrKind = 'authorization_code',
  subjects: Subjects = 'service',
): string {
  const parts = isHeldBySettings(grantOrKind)
    ? 'headers, query'
    : 'accessToken';
  const shared = `{ datasource: '${name}' }`;
  const own = `{ datasource: '${name}', credentials, subject: 'user' }`;
  const which = subjects === 'user' ? own : shared;
  return [
    'deps: { tokens: datasourceAuthServiceRef },',
    `const { ${parts} } = await tokens.getToken(${which});`,
    `const response = await tokens.fetch(${which}, '/path');`,
    ...(subjects === 'both'
      ? [`const asUser = await tokens.fetch(${own}, '/path');`]
      : []),
  ].join('\n');
}
