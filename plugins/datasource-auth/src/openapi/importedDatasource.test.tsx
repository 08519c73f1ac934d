import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ImportedFrom } from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import { datasourceOf, oauthOf } from '../__testUtils__/datasources';
import { button, field, fill } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';

const IMPORTED: ImportedFrom = {
  title: 'Things',
  version: '1.0.0',
  entityRef: 'api:default/things',
  scheme: 'things',
  flow: 'authorizationCode',
  endpoints: { tokenUrl: 'https://login.example.com/token' },
  scopes: [
    { scope: 'read', description: 'Read things' },
    { scope: 'write', description: 'Add things' },
  ],
  servers: [
    { url: 'https://api.example.com' },
    { url: 'https://sandbox.example.com', description: 'To try' },
  ],
};

const DATASOURCE = datasourceOf({ importedFrom: IMPORTED });

async function edit(path: string) {
  const api = apiStub({
    getDatasource: async () => DATASOURCE,
    createDatasource: async () => DATASOURCE,
    updateDatasource: async () => DATASOURCE,
  });
  await renderPage(api, path);
  return { api, user: userEvent.setup({ delay: null }) };
}

describe('an imported datasource', () => {
  it('S4.5 S4.9 still offers all scopes of the API with their descriptions, and its servers', async () => {
    const { user } = await edit('/datasource-auth/salesforce-crm/edit');
    const scopes = await field('Scopes');
    expect(scopes).toHaveValue('read');
    const write = screen.getByRole('checkbox', { name: 'write' });
    expect(write).toHaveAccessibleDescription('Add things');
    await user.click(write);
    expect(scopes).toHaveValue('read write');
    await user.click(button('Use https://sandbox.example.com'));
    expect(await field('Base URL')).toHaveValue('https://sandbox.example.com');
    expect(button('Use https://api.example.com')).toBeInTheDocument();
  });

  it('S4.16 allows changing its token URL, and keeps where it was imported from', async () => {
    const { api, user } = await edit('/datasource-auth/salesforce-crm/edit');
    await fill('Token URL', 'https://other.example.com/token');
    await user.click(button('Save'));
    const [, body] = api.updateDatasource.mock.calls[0];
    expect(oauthOf(body).token?.url).toBe('https://other.example.com/token');
    expect(body.importedFrom).toEqual(IMPORTED);
  });

  it('S4.6 can be copied: same settings, but its own client', async () => {
    const { api, user } = await edit(
      '/datasource-auth/new/blank?from=salesforce-crm',
    );
    await fill('Client ID', 'second-client');
    await user.click(button('Save'));
    const [body] = api.createDatasource.mock.calls[0];
    expect(body).toMatchObject({
      name: 'salesforce-crm-copy',
      importedFrom: IMPORTED,
      auth: { clientId: 'second-client' },
    });
    expect(oauthOf(body).clientSecret).toBeUndefined();
  });

  it('S4.7 shows where it was imported from', async () => {
    await edit('/datasource-auth/salesforce-crm/configuration');
    expect(
      await screen.findByText('Things · 1.0.0 · api:default/things'),
    ).toBeInTheDocument();
  });
});
