import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  grantedOf,
  statusOf,
  summaryOf,
} from '../__testUtils__/datasources';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';

async function openMenu(item: DatasourceSummary, methods = {}) {
  const user = userEvent.setup({ delay: null });
  const api = apiStub({
    listDatasources: async query => ({
      items: query?.attention ? [] : [item],
      mayCreate: true,
    }),
    ...methods,
  });
  const { toasts } = await renderPage(api, '/datasource-auth');
  const menu = await screen.findByRole('button', {
    name: 'Actions for Salesforce CRM',
  });
  await user.click(menu);
  const choose = async (name: string) =>
    user.click(screen.getByRole('menuitem', { name }));
  return { user, api, toasts, choose, menu };
}

const AUTHORIZED = summaryOf({ status: authorizedStatus() });

afterEach(() => jest.restoreAllMocks());

describe('useDatasourceActions', () => {
  it('lists every allowed action in one menu', async () => {
    await openMenu(AUTHORIZED);
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual([
      'Open',
      'All settings',
      'Get new credential',
      'Test connection',
      'Duplicate',
      'Clear credential…',
      'Delete…',
    ]);
  });

  it("omits actions that aren't allowed", async () => {
    const allowed = {
      update: false,
      grant: false,
      delete: false,
      authorize: false,
      clear: false,
    };
    await openMenu({ ...AUTHORIZED, allowed });
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent),
    ).toEqual(['Open', 'Duplicate']);
  });

  it('S0.18 S0.19 clears immediately, and says so in the confirmation', async () => {
    const { user, api, choose, toasts } = await openMenu(AUTHORIZED, {
      clearCredential: async () => datasourceOf(),
    });
    await choose('Clear credential…');
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Clear the credential?' }),
    );
    expect(
      dialog.getByText(
        'This deletes the stored tokens of Salesforce CRM. Your settings are kept. Takes effect immediately.',
      ),
    ).toBeInTheDocument();
    expect(
      await dialog.findByText('Not used in the last 24 hours.'),
    ).toBeInTheDocument();
    await user.click(
      dialog.getByRole('checkbox', {
        name: 'Also ask the provider to revoke the tokens.',
      }),
    );
    await user.click(dialog.getByRole('button', { name: 'Clear credential' }));
    expect(api.clearCredential).toHaveBeenCalledWith('salesforce-crm', {
      revoke: true,
    });
    await waitFor(() =>
      expect(toasts).toEqual(['Credential of Salesforce CRM cleared.']),
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth$/,
    );
  });

  it('keeps the credential when the user cancels', async () => {
    const { user, api, choose } = await openMenu(AUTHORIZED);
    await choose('Clear credential…');
    await user.click(
      await screen.findByRole('button', { name: 'Keep credential' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.clearCredential).not.toHaveBeenCalled();
  });

  it('S1.9 gets an access token that takes effect immediately', async () => {
    const { api, choose, toasts } = await openMenu(
      summaryOf({ grantType: 'client_credentials' }),
      {
        createAuthorization: async () =>
          grantedOf({ commit: true, status: 'consumed', staged: undefined }),
      },
    );
    await choose('Get access token');
    await waitFor(() =>
      expect(toasts).toEqual(['Salesforce CRM is connected.']),
    );
    expect(api.createAuthorization).toHaveBeenCalledWith({
      datasource: 'salesforce-crm',
      commit: true,
      display: 'popup',
      authorizationId: undefined,
    });
    expect(
      api.listDatasources.mock.calls.filter(([query]) => !query?.attention),
    ).toHaveLength(2);
  });

  it("S4.14 waits for the user's approval in a dialog that can be canceled", async () => {
    const { open } = fakeProviderWindow();
    const { user, api, choose } = await openMenu(summaryOf(), {
      createAuthorization: async () =>
        grantedOf({
          commit: true,
          status: 'pending',
          staged: undefined,
          startUrl: 'https://b.example.com/start',
          ticket: 't',
        }),
    });
    await choose('Get new credential');
    expect(open).toHaveBeenCalledTimes(1);
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'Connect Salesforce CRM for everyone',
      }),
    );
    expect(
      await dialog.findByText(
        /Waiting for you to approve in the other window\./,
      ),
    ).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.discardAuthorization).toHaveBeenCalledTimes(1);
  });

  it('shows why no credential could be obtained', async () => {
    const { choose } = await openMenu(
      summaryOf({ grantType: 'client_credentials' }),
      {
        createAuthorization: async () => {
          throw apiError('datasource_unavailable', 503, {
            message: 'Token endpoint unavailable',
          });
        },
      },
    );
    await choose('Get access token');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Token endpoint unavailable',
    );
  });

  it('shows each step of testing the stored credential', async () => {
    const { choose, api } = await openMenu(AUTHORIZED, {
      testDatasource: async () => ({
        ok: false,
        steps: [
          { step: 'token', ok: true, message: 'Fresh.' },
          { step: 'call', ok: false, message: 'The API returned 403.' },
        ],
        testedAt: 1,
      }),
    });
    await choose('Test connection');
    const result = within(
      await screen.findByRole('region', { name: 'Connection test' }),
    );
    expect(
      result.getAllByRole('listitem').map(step => step.textContent),
    ).toEqual(['✓ Token Fresh.', '✗ Test call The API returned 403.']);
    expect(api.testDatasource).toHaveBeenCalledWith('salesforce-crm');
  });

  it('says of a test that the token is from before the secret was replaced', async () => {
    const { choose } = await openMenu(AUTHORIZED, {
      getDatasource: async () =>
        datasourceOf({ status: authorizedStatus({ obtainedAt: 1 }) }),
      testDatasource: async () => ({ ok: true, steps: [], testedAt: 1 }),
    });
    await choose('Test connection');
    expect(
      await screen.findByText(
        /^The new value of Client secret hasn't been tried yet/,
      ),
    ).toBeInTheDocument();
  });

  it('opens a copy of the datasource', async () => {
    const { choose } = await openMenu(AUTHORIZED, {
      getDatasource: async () => datasourceOf(),
    });
    await choose('Duplicate');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/new/blank?from=salesforce-crm',
    );
  });

  it('deletes, and revokes at the provider by default', async () => {
    const { user, api, choose, toasts } = await openMenu(AUTHORIZED, {
      deleteDatasource: async () => {},
    });
    await choose('Delete…');
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Delete Salesforce CRM?' }),
    );
    expect(
      dialog.getByRole('button', { name: 'Keep datasource' }),
    ).toHaveFocus();
    expect(dialog.getByRole('checkbox')).toBeChecked();
    await user.click(dialog.getByRole('button', { name: 'Delete datasource' }));
    expect(api.deleteDatasource).toHaveBeenCalledWith('salesforce-crm', {
      revoke: true,
      force: false,
    });
    await waitFor(() => expect(toasts).toEqual(['Salesforce CRM deleted.']));
  });

  describe('the button that repairs a datasource', () => {
    it('connects it for everyone, in a new window', async () => {
      fakeProviderWindow();
      const { user, api, menu } = await openMenu(summaryOf(), {
        createAuthorization: async () =>
          grantedOf({ commit: true, status: 'consumed', staged: undefined }),
      });
      await user.keyboard('{Escape}');
      await waitFor(() => expect(menu).toBeVisible());
      await user.click(
        screen.getByRole('button', {
          name: 'Connect for everyone: Salesforce CRM (opens a new window)',
        }),
      );
      await waitFor(() =>
        expect(api.createAuthorization.mock.calls[0][0]).toMatchObject({
          datasource: 'salesforce-crm',
          commit: true,
        }),
      );
    });

    it('N12: hands it over to the account of the user, in a new window', async () => {
      fakeProviderWindow();
      const { user, api } = await openMenu(
        summaryOf({ status: authorizedStatus({ authorizerLeft: true }) }),
        {
          createAuthorization: async () =>
            grantedOf({ commit: true, status: 'consumed', staged: undefined }),
        },
      );
      await user.keyboard('{Escape}');
      const row = within(screen.getByRole('row', { name: /Salesforce CRM/ }));
      expect(
        row.getByText('Authorized by someone who has left'),
      ).toBeInTheDocument();
      await user.click(
        row.getByRole('button', {
          name: 'Hand over: Salesforce CRM (opens a new window)',
        }),
      );
      expect(api.createAuthorization.mock.calls[0][0]).toMatchObject({
        ...{ datasource: 'salesforce-crm', commit: true },
      });
    });

    it('retries a failed refresh, and shows the result', async () => {
      const status = authorizedStatus({
        state: 'ERROR',
        reasonCode: 'renewal_failing',
      });
      const { user, api } = await openMenu(summaryOf({ status }), {
        rehearseRenewal: async () => ({
          verdict: 'rotated',
          message: 'Refresh works.',
          texts: [],
          rehearsedAt: Date.now(),
        }),
      });
      await user.keyboard('{Escape}');
      await user.click(
        await screen.findByRole('button', {
          name: 'Try again: Salesforce CRM',
        }),
      );
      const dialog = await screen.findByRole('dialog', {
        name: 'Refresh the credential of Salesforce CRM',
      });
      expect(
        await within(dialog).findByText('Refresh works.'),
      ).toBeInTheDocument();
      expect(api.rehearseRenewal).toHaveBeenCalledWith('salesforce-crm');
    });

    it('links to the settings if they are incomplete', async () => {
      const status = statusOf({
        state: 'NOT_CONFIGURED',
        reasonCode: 'missing_settings',
      });
      const { user } = await openMenu(summaryOf({ status }));
      await user.keyboard('{Escape}');
      expect(
        await screen.findByRole('button', {
          name: 'Fix settings: Salesforce CRM',
        }),
      ).toHaveAttribute('href', '/datasource-auth/salesforce-crm/edit?fix');
    });

    it("is hidden if the user isn't allowed to connect it", async () => {
      const allowed = {
        update: false,
        delete: false,
        authorize: false,
        clear: false,
        grant: false,
      };
      const { user } = await openMenu(summaryOf({ allowed }));
      await user.keyboard('{Escape}');
      expect(
        screen.queryByRole('button', { name: /^Connect/ }),
      ).not.toBeInTheDocument();
    });
  });

  const USED = {
    consumers: [
      { plugin: 'techdocs', handOuts24h: 40 },
      { plugin: '@users', handOuts24h: 2 },
    ],
    handOuts24h: 42,
  };
  const USED_BY =
    'Used in the last 24 hours by techdocs and Users, through the gateway (42 times).';

  it('shows which consumers use it before clearing', async () => {
    const { choose } = await openMenu(AUTHORIZED, {
      getImpact: async () => USED,
    });
    await choose('Clear credential…');
    expect(await screen.findByText(USED_BY)).toBeInTheDocument();
  });

  it("allows clearing if the consumers can't be loaded", async () => {
    const { user, api, choose } = await openMenu(AUTHORIZED, {
      getImpact: async () => {
        throw apiError('not_found', 404);
      },
      clearCredential: async () => datasourceOf(),
    });
    await choose('Clear credential…');
    expect(
      await screen.findByText(
        "Couldn't check which plugins used it in the last 24 hours.",
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Clear credential' }));
    expect(api.clearCredential).toHaveBeenCalledTimes(1);
  });

  it('X0.2 shows which consumers use it before deleting, and asks for its name', async () => {
    const { user, api, choose } = await openMenu(AUTHORIZED, {
      getImpact: async () => USED,
      deleteDatasource: async () => {},
    });
    await choose('Delete…');
    expect(await screen.findByText(USED_BY)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Delete datasource' }),
    ).toBeDisabled();
    await user.type(
      screen.getByRole('textbox', {
        name: 'Type salesforce-crm to delete it anyway',
      }),
      'salesforce-crm',
    );
    await user.click(screen.getByRole('button', { name: 'Delete datasource' }));
    expect(api.deleteDatasource).toHaveBeenCalledWith('salesforce-crm', {
      revoke: true,
      force: true,
    });
  });

  it('X0.2 deletes a datasource in use only after its name was entered', async () => {
    const deleteDatasource = jest
      .fn()
      .mockRejectedValueOnce(
        apiError('in_use', 409, {
          message: 'techdocs got a token 3 minutes ago',
        }),
      )
      .mockResolvedValue(undefined);
    const { user, choose } = await openMenu(AUTHORIZED, { deleteDatasource });
    await choose('Delete…');
    await user.click(
      await screen.findByRole('button', { name: 'Delete datasource' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This datasource is in use: techdocs got a token 3 minutes ago',
    );
    expect(
      screen.getByRole('button', { name: 'Delete datasource' }),
    ).toBeDisabled();
    await user.type(
      screen.getByRole('textbox', {
        name: 'Type salesforce-crm to delete it anyway',
      }),
      'salesforce-crm',
    );
    await user.click(screen.getByRole('button', { name: 'Delete datasource' }));
    expect(deleteDatasource).toHaveBeenLastCalledWith('salesforce-crm', {
      revoke: true,
      force: true,
    });
  });
});
