import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiStub } from '../testing/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  grantedOf,
  ATTEMPT_ID,
} from '../testing/datasources';
import { renderPage } from '../testing/renderPage';

describe('Editor', () => {
  it('S1.4 S1.9 S1.10 S1.13 gets an access token inline and saves it with the settings', async () => {
    const user = userEvent.setup({ delay: null });
    const saved = datasourceOf(
      { status: authorizedStatus() },
      'client_credentials',
    );
    const api = apiStub({
      createAuthorization: async () => grantedOf(),
      createDatasource: async () => saved,
      getDatasource: async () => saved,
    });
    await renderPage(api, '/datasource-auth/new');
    await user.type(
      await screen.findByRole('textbox', { name: 'Title' }),
      'Salesforce CRM',
    );
    await user.click(
      screen.getByRole('button', { name: 'Client credentials' }),
    );
    await user.type(
      screen.getByRole('textbox', { name: 'Client ID' }),
      'backstage',
    );
    await user.type(screen.getByLabelText(/^Client secret\W*$/), 'hush');
    await user.type(
      screen.getByRole('textbox', { name: 'Token URL' }),
      'https://login.example.com/token',
    );
    await user.click(screen.getByRole('button', { name: 'Get access token' }));
    expect(await screen.findByText(/Valid access token/)).toBeInTheDocument();
    expect(api.createAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({
        settings: {
          name: 'salesforce-crm',
          title: 'Salesforce CRM',
          auth: {
            grantType: 'client_credentials',
            clientId: 'backstage',
            clientSecret: 'hush',
            token: { url: 'https://login.example.com/token' },
          },
        },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/datasource-auth/salesforce-crm',
      ),
    );
    expect(api.createDatasource).toHaveBeenCalledWith(
      expect.objectContaining({
        name: 'salesforce-crm',
        credential: { action: 'replace', authorizationId: ATTEMPT_ID },
      }),
    );
  });
});
