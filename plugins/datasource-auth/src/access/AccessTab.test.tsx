import { screen, within } from '@testing-library/react';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { apiStub } from '../__testUtils__/apiStub';
import { datasourceOf } from '../__testUtils__/datasources';
import { renderPage } from '../__testUtils__/renderPage';

async function open(part: Partial<Datasource>) {
  const api = apiStub({
    getDatasource: async () => datasourceOf(part),
    getHealth: async () => ({
      callbackUrl: 'https://backstage.example.com/oauth/callback/',
      passwordGrantEnabled: true,
      checks: [
        {
          id: 'access',
          state: 'ok',
          title: 'The permission framework decides',
          texts: { title: [] },
        },
      ],
    }),
  });
  await renderPage(api, '/datasource-auth/salesforce-crm/access');
  await screen.findByRole('table', { name: 'Your permissions' });
}

const answers = () =>
  Object.fromEntries(
    screen.getAllByRole('rowheader').map(header => [
      header.textContent,
      within(header.closest('tr')!)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ]),
  );

describe('AccessTab', () => {
  it("shows the user's permissions, their names, and who decides", async () => {
    await open({
      owner: 'group:default/platform',
      allowed: {
        ...{ update: true, grant: false, delete: false },
        ...{ authorize: true, clear: false },
      },
    });
    expect(answers()).toMatchObject({
      View: ['Yes', 'datasource-auth.datasource.read'],
      Edit: ['Yes', 'datasource-auth.datasource.update'],
      'Allow more plugins, hosts, gateway routes, or scopes': [
        'No',
        'datasource-auth.datasource.grant',
      ],
      Delete: ['No', 'datasource-auth.datasource.delete'],
      'Get a credential, test the connection, test the refresh': [
        'Yes',
        'datasource-auth.datasource.authorize',
      ],
      'Clear the credential': ['No', 'datasource-auth.datasource.clear'],
    });
    expect(
      await screen.findByText(/^The permission framework decides\./),
    ).toBeInTheDocument();
    expect(screen.getByText('Owner:', { exact: false })).toHaveTextContent(
      'Owner: platform',
    );
  });

  it('lists the plugins that may get tokens', async () => {
    await open({ consumers: ['techdocs', 'search'] });
    const list = screen.getByRole('list', {
      name: 'Allowed plugins',
    });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['techdocs', 'search']);
  });

  it('says that no plugin is allowed yet', async () => {
    await open({ consumers: [] });
    expect(screen.getByText('No plugins are allowed yet.')).toBeInTheDocument();
    expect(screen.getByText('No owner is set.')).toBeInTheDocument();
  });
});
