import { snippetOf } from './snippetOf';

describe('snippetOf', () => {
  it('S0.29 gets a token, and calls the API', () => {
    expect(snippetOf('crm')).toMatchInlineSnapshot(`
      "deps: { tokens: datasourceAuthServiceRef },
      const { accessToken } = await tokens.getToken({ datasource: 'crm' });
      const response = await tokens.fetch({ datasource: 'crm' }, '/path');"
    `);
  });

  it('sends a secret of the settings where the API expects it', () => {
    expect(snippetOf('crm', 'static')).toContain('const { headers, query } =');
  });

  it('N10: acts only as the user where each person connects', () => {
    expect(snippetOf('crm', 'authorization_code', 'user'))
      .toMatchInlineSnapshot(`
      "deps: { tokens: datasourceAuthServiceRef },
      const { accessToken } = await tokens.getToken({ datasource: 'crm', credentials, subject: 'user' });
      const response = await tokens.fetch({ datasource: 'crm', credentials, subject: 'user' }, '/path');"
    `);
  });

  it('N10: acts as the plugin or as the user where both are possible', () => {
    expect(snippetOf('crm', 'authorization_code', 'both'))
      .toMatchInlineSnapshot(`
      "deps: { tokens: datasourceAuthServiceRef },
      const { accessToken } = await tokens.getToken({ datasource: 'crm' });
      const response = await tokens.fetch({ datasource: 'crm' }, '/path');
      const asUser = await tokens.fetch({ datasource: 'crm', credentials, subject: 'user' }, '/path');"
    `);
  });
});
