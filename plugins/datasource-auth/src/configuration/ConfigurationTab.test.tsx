import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';
import { catchSavedFiles } from '../__testUtils__/savedFiles';

const YAML = 'datasourceAuth:\n  datasources:\n    salesforce-crm: {}\n';

async function open(part: Partial<Datasource> = {}) {
  const datasource = datasourceOf(part);
  datasource.auth.clientSecret = {
    set: true,
    updatedAt: Date.now() - 412.5 * 86_400_000,
    updatedBy: 'user:default/jane',
  };
  datasource.auth.token.headers = {
    'X-Tenant': 'acme',
    'X-Key': { secret: true, set: true },
  };
  const api = apiStub({
    getDatasource: async () => datasource,
    exportDatasource: async () => YAML,
  });
  await renderPage(api, '/datasource-auth/salesforce-crm/configuration');
  await screen.findByRole('heading', { name: 'YAML for app-config' });
  return userEvent.setup({ delay: null });
}

const cells = (setting: string) =>
  within(screen.getByRole('rowheader', { name: setting }).closest('tr')!)
    .getAllByRole('cell')
    .map(cell => cell.textContent);

afterEach(() => jest.restoreAllMocks());

describe('ConfigurationTab', () => {
  it('shows each setting and its source, and only the age of secrets', async () => {
    await open();
    expect(cells('Token URL')).toEqual([
      'https://login.example.com/token',
      'Edited here',
    ]);
    expect(cells('Allowed plugins')).toEqual(['techdocs', 'Edited here']);
    expect(cells('Grant type')).toEqual(['Authorization code', 'Edited here']);
    expect(cells('Client secret')).toEqual([
      '•••• set 412 days ago by jane',
      'Edited here',
    ]);
    expect(cells('Extra token headers')[0]).toBe('X-Tenant=acme, X-Key=••••');
    expect(
      screen.queryByRole('rowheader', { name: 'PKCE' }),
    ).not.toBeInTheDocument();
  });

  it('shows default values on demand', async () => {
    const user = await open();
    await user.click(
      screen.getByRole('checkbox', {
        name: 'Show default values',
      }),
    );
    expect(cells('PKCE')).toEqual(['S256', 'Default']);
    expect(cells('Access token property')).toEqual(['access_token', 'Default']);
  });

  it('shows app-config as the source of declared settings', async () => {
    await open({ source: 'config' });
    expect(cells('Token URL')[1]).toBe('app-config');
    expect(
      screen.getByText('Declared in app-config. Change its settings there.'),
    ).toBeInTheDocument();
  });

  it('shows the YAML, with buttons to copy and save it', async () => {
    const saved = catchSavedFiles();
    const user = await open();
    expect(await screen.findByText(/salesforce-crm: \{\}/)).toBeInTheDocument();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: 'Copy YAML' }));
    expect(copied).toHaveBeenCalledWith(YAML);
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('YAML copied'),
    );
    await user.click(screen.getByRole('button', { name: 'Download YAML' }));
    await waitFor(() => expect(saved.files).toHaveLength(1));
    expect(saved.files[0].name).toBe('salesforce-crm.yaml');
    expect(await saved.text(saved.files[0])).toBe(YAML);
  });
});
