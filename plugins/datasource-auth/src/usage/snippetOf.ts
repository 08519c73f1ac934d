/** Returns the three lines of code with which a plugin uses a datasource. */
export function snippetOf(name: string): string {
  return [
    'deps: { tokens: datasourceAuthServiceRef },',
    `const { accessToken } = await tokens.getToken({ datasource: '${name}' });`,
    `const response = await tokens.fetch({ datasource: '${name}' }, '/path');`,
  ].join('\n');
}
