import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  authorizedStatus,
  datasourceOf,
  grantedOf,
  settingsOf,
  statusOf,
} from '../__testUtils__/datasources';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';

async function open(datasource: Datasource, methods = {}) {
  const api = apiStub({ getDatasource: async () => datasource, ...methods });
  await renderPage(api, '/datasource-auth/salesforce-crm');
  await screen.findByRole('heading', { name: 'Salesforce CRM' });
  return { api, user: userEvent.setup({ delay: null }) };
}

const panel = () => within(screen.getByRole('region', { name: 'Connection' }));

const MENU = { name: 'Actions for Salesforce CRM' };

const menuItems = () =>
  screen.getAllByRole('menuitem').map(item => item.textContent);

afterEach(() => jest.restoreAllMocks());

describe('DetailPage', () => {
  it('S4.7 S0.22 S3.22 S3.23 shows the credential on its own page: its expiry and a masked refresh token', async () => {
    await open(datasourceOf({ status: authorizedStatus({ scope: 'read' }) }));
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    const credential = within(
      screen.getByRole('region', { name: 'Credential' }),
    );
    // Once on the whole page.
    expect(screen.getByText(/^Valid until/)).toHaveTextContent(
      /^Valid until (\w+ \d+, (\d{4}, )?)?\d\d:\d\d \(in/,
    );
    expect(credential.getByText('received')).toHaveTextContent(
      '•••••••• received',
    );
  });

  it('S0.28 says what to do if a plugin is still rejected', async () => {
    await open(datasourceOf({ status: authorizedStatus() }));
    expect(
      screen.getByText(
        'If the status is AUTHORIZED and the API still rejects calls, reconnect to get a new credential.',
      ),
    ).toBeInTheDocument();
  });

  it('S0.27 says that nothing was verified, with a hint that is gone after a test', async () => {
    await open(datasourceOf({ status: authorizedStatus() }));
    expect(panel().getByText('Not verified yet')).toBeInTheDocument();
    expect(
      panel().getByText(/^AUTHORIZED means that a credential is stored/),
    ).toBeInTheDocument();
  });

  it('says when the credential was verified, and that it renews by itself', async () => {
    await open(
      datasourceOf({
        status: authorizedStatus({ verifiedAt: Date.now() - 12 * 60_000 }),
      }),
    );
    expect(panel().getByText(/^Verified/)).toHaveTextContent(
      'Verified 12 min. ago',
    );
    expect(panel().getByText('Renews by itself')).toBeInTheDocument();
    expect(
      screen.queryByText(/AUTHORIZED means that a credential is stored/),
    ).not.toBeInTheDocument();
  });

  it("shows which requested scopes weren't granted", async () => {
    const datasource = datasourceOf({
      status: authorizedStatus({ scope: 'read' }),
    });
    datasource.auth.scopes = ['read', 'write'];
    await open(datasource);
    const settings = within(screen.getByRole('region', { name: 'Settings' }));
    expect(settings.getByText('read, write')).toBeInTheDocument();
    expect(settings.getByText('Not granted: write')).toBeInTheDocument();
  });

  it('shows requested scopes as the provider sees them', async () => {
    const datasource = datasourceOf();
    datasource.instance = { app: 'api://crm' };
    datasource.auth.scopes = ['{{instance.app}}/.default', 'read'];
    await open(datasource);
    const settings = within(screen.getByRole('region', { name: 'Settings' }));
    expect(settings.getByText('api://crm/.default, read')).toBeInTheDocument();
  });

  it('S1.5 says that the saved scopes differ from the granted ones until a new credential is obtained', async () => {
    const status = authorizedStatus({ requestChanged: true });
    await open(datasourceOf({ status }));
    const settings = within(screen.getByRole('region', { name: 'Settings' }));
    expect(
      settings.getByText(/saved scopes or parameters differ from the granted/),
    ).toBeInTheDocument();
  });

  it('N12: says that who authorized it has left, and hands it over to the account of the user', async () => {
    fakeProviderWindow();
    const status = authorizedStatus({ authorizerLeft: true });
    const { api, user } = await open(datasourceOf({ status }), {
      createAuthorization: async () =>
        grantedOf({
          ...{ commit: true, status: 'pending', staged: undefined },
          ...{ startUrl: 'https://b.example.com/start', ticket: 't' },
        }),
      getAuthorization: async () =>
        grantedOf({ commit: true, status: 'consumed', staged: undefined }),
    });
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(
      panel().getByText(/^Authorized by someone who has left\./),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Hand over (opens a new window)' }),
    );
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
    expect(api.createAuthorization.mock.calls[0][0]).toMatchObject({
      ...{ datasource: 'salesforce-crm', commit: true },
    });
  });

  it('N12: asks someone else to hand it over if the user may not authorize it', async () => {
    const allowed = { ...datasourceOf().allowed, authorize: false, ask: true };
    const status = authorizedStatus({ authorizerLeft: true });
    const { user } = await open(datasourceOf({ status, allowed }));
    expect(
      screen.queryByRole('button', { name: /^Hand over/ }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Ask someone else…' }));
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('N10: leads to My connections where each person connects, and offers nothing for everyone', async () => {
    const { user } = await open(
      datasourceOf({
        subjects: 'user',
        status: statusOf({
          state: 'PER_USER',
          reasonCode: 'per_user',
          reason: 'Each person connects their own account.',
        }),
      }),
    );
    expect(panel().getByText('Each person connects')).toBeInTheDocument();
    expect(panel().queryByText('No credential yet.')).not.toBeInTheDocument();
    expect(
      screen.getByText(/tokens\.fetch\(\{ .*, credentials, subject: 'user' \}/),
    ).toBeInTheDocument();
    expect(
      panel().getByRole('link', {
        name: 'Connect your own account in My connections',
      }),
    ).toHaveAttribute(
      'href',
      '/datasource-auth/connections?datasource=salesforce-crm',
    );
    await user.click(screen.getByRole('button', MENU));
    expect(menuItems()).toEqual(['Duplicate', 'Delete…']);
  });

  it('N10: leads to My connections where people connect beside the shared credential', async () => {
    await open(datasourceOf({ subjects: 'both', status: authorizedStatus() }));
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(
      panel().getByRole('link', {
        name: 'Connect your own account in My connections',
      }),
    ).toBeInTheDocument();
  });

  it('S4.8 shows the redirect URI exactly as it is sent', async () => {
    await open(datasourceOf());
    const settings = within(screen.getByRole('region', { name: 'Settings' }));
    expect(
      settings.getByText('https://backstage.example.com/oauth/callback/'),
    ).toBeInTheDocument();
  });

  it('S0.29 S3.25 shows how a plugin uses it by name', async () => {
    await open(datasourceOf());
    expect(
      screen.getByText(
        /tokens\.getToken\(\{ datasource: 'salesforce-crm' \}\)/,
      ),
    ).toBeInTheDocument();
  });

  it('S0.17 S4.15 gets a new credential that takes effect immediately', async () => {
    fakeProviderWindow();
    const { api, user } = await open(datasourceOf(), {
      createAuthorization: async () =>
        grantedOf({
          commit: true,
          status: 'pending',
          staged: undefined,
          startUrl: 'https://b.example.com/start',
          ticket: 't',
        }),
      getAuthorization: async () =>
        grantedOf({ commit: true, status: 'consumed', staged: undefined }),
    });
    await user.click(
      screen.getByRole('button', {
        name: 'Connect for everyone (opens a new window)',
      }),
    );
    expect(
      await panel().findByText(
        'Connected. Plugins use the new credential from now on.',
      ),
    ).toBeInTheDocument();
    expect(api.createAuthorization.mock.calls[0][0]).toMatchObject({
      datasource: 'salesforce-crm',
      commit: true,
    });
    expect(panel().queryByText('Not saved')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Connection' })).toHaveFocus();
    expect(api.getDatasource).toHaveBeenCalledTimes(2);
  });

  it('disconnects immediately, and says so in the confirmation', async () => {
    const { api, user } = await open(
      datasourceOf({ status: authorizedStatus() }),
      {
        clearCredential: async () => datasourceOf(),
      },
    );
    await user.click(screen.getByRole('button', MENU));
    await user.click(
      screen.getByRole('menuitem', { name: 'Disconnect for everyone…' }),
    );
    await screen.findByRole('dialog', {
      name: 'Disconnect Salesforce CRM for everyone?',
    });
    expect(
      await screen.findByText(/Takes effect immediately\.$/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect(api.clearCredential).toHaveBeenCalledWith('salesforce-crm', {
      revoke: false,
    });
    await waitFor(() => expect(api.getDatasource).toHaveBeenCalledTimes(2));
    expect(
      panel().getByText(/^Salesforce CRM is disconnected\./),
    ).toBeInTheDocument();
  });

  it('can be authorized but not changed if app-config declares it', async () => {
    await open(datasourceOf({ source: 'config' }));
    expect(
      screen.getByText('Declared in app-config. Change its settings there.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'All settings' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Connect for everyone (opens a new window)',
      }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it.each([
    [
      'a stored one whose declaration is not used',
      { kind: 'declaration_unused', settings: ['title', 'auth.token.url'] },
      'app-config also declares a datasource with this name. The one stored here is used until you delete it. Different settings: title, auth.token.url.',
    ],
    [
      'a stored one that is declared identically',
      { kind: 'declaration_unused', settings: [] },
      'app-config also declares a datasource with this name. The one stored here is used until you delete it. Both have the same settings and secrets.',
    ],
    [
      'one that another replica declares otherwise',
      { kind: 'replicas_differ', settings: ['consumers'] },
      'Another replica declares different settings. The app-config rollout is in progress or incomplete. Different settings: consumers.',
    ],
  ] as const)('shows how it differs from Git: %s', async (_, drift, text) => {
    await open(
      datasourceOf({ drift: { ...drift, settings: [...drift.settings] } }),
    );
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it('shows the failed test of the saved draft until a later one', async () => {
    const { user } = await open(
      datasourceOf({
        status: authorizedStatus(),
        failedTest: {
          ok: false,
          status: 401,
          steps: [
            { step: 'token', ok: true, message: 'Fresh.' },
            { step: 'call', ok: false, message: '/me returned 401.' },
          ],
          testedAt: Date.now() - 12 * 60_000,
        },
      }),
      {
        testDatasource: async () => ({
          ok: true,
          status: 200,
          steps: [{ step: 'call', ok: true, message: '/me returned 200.' }],
          testedAt: Date.now(),
        }),
      },
    );
    const test = () =>
      screen.getByRole('region', { name: 'Connection test' }).textContent;
    expect(test()).toMatch(/^Connection test · 12 min.*\/me returned 401\./);
    // It is news to nobody.
    expect(screen.getByRole('status').textContent).toBe('');
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    await waitFor(() => expect(test()).toContain('/me returned 200.'));
    expect(test()).not.toMatch(/401|12 min/);
  });

  it('shows two actions, all others in a menu, and their results below', async () => {
    const { api, user } = await open(
      datasourceOf({
        status: authorizedStatus(),
        allowed: {
          update: true,
          grant: true,
          delete: true,
          authorize: true,
          clear: true,
          ask: true,
        },
      }),
      {
        testDatasource: async () => ({
          ok: false,
          steps: [
            { step: 'token', ok: true, message: 'Fresh.' },
            { step: 'call', ok: false, message: 'The API returned 403.' },
          ],
          testedAt: 1,
        }),
      },
    );
    const test = screen.getByRole('button', { name: 'Test connection' });
    expect(
      within(test.closest('div')!)
        .getAllByRole('button')
        .map(action => action.textContent),
    ).toEqual(['Test connection', 'All settings', '']);
    await user.click(screen.getByRole('button', MENU));
    expect(menuItems()).toEqual([
      'Reconnect',
      'Test refresh',
      'Ask someone else…',
      'Duplicate',
      'Disconnect for everyone…',
      'Delete…',
    ]);
    await user.keyboard('{Escape}');
    await user.click(test);
    const result = await screen.findByRole('region', {
      name: 'Connection test',
    });
    expect(test.compareDocumentPosition(result)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Test failed: The API returned 403.',
      ),
    );
    // The evidence has changed.
    expect(api.getDatasource).toHaveBeenCalledTimes(2);
  });

  it("says why the user can't authorize it", async () => {
    const allowed = {
      update: false,
      grant: false,
      delete: false,
      authorize: false,
      clear: false,
    };
    await open(datasourceOf({ allowed }));
    expect(
      screen.getByRole('button', {
        name: 'Connect for everyone (opens a new window)',
      }),
    ).toHaveAccessibleDescription(
      "You don't have permission to connect this datasource.",
    );
  });

  it('offers to ask someone else to a user who may not connect it', async () => {
    const { user } = await open(
      datasourceOf({
        allowed: {
          update: false,
          delete: false,
          authorize: false,
          clear: false,
          grant: false,
          ask: true,
        },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Ask someone else…' }));
    expect(
      await screen.findByRole('dialog', {
        name: 'Ask someone else to approve Salesforce CRM?',
      }),
    ).toBeInTheDocument();
  });

  it('tests an API key, and has nothing to reconnect', async () => {
    const { user } = await open(
      datasourceOf({
        status: authorizedStatus({ renewable: false, fromSettings: true }),
        auth: {
          type: 'static',
          bearer: { set: true, updatedAt: 1 },
          rejectedStatuses: [401],
        },
      }),
    );
    expect(
      screen.getByRole('button', { name: 'Test connection' }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', MENU));
    expect(menuItems()).toEqual([
      'Duplicate',
      'Disconnect for everyone…',
      'Delete…',
    ]);
  });

  it('says that a new secret has not been tried, also after a test, and offers to reconnect', async () => {
    const status = authorizedStatus();
    const clientSecret = {
      set: true,
      updatedAt: status.obtainedAt! + 30_000,
    };
    const { auth } = settingsOf('client_credentials', { clientSecret });
    const { api, user } = await open(datasourceOf({ status, auth }), {
      testDatasource: async () => ({
        ...{ ok: true, steps: [], status: 200, testedAt: 1 },
      }),
      createAuthorization: async () => grantedOf({ commit: true }),
    });
    const text = /new value of Client secret hasn't been tried yet/;
    expect(panel().getByText(text)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(
      await screen.findByText(/^The token in use works, but the new value/),
    ).toBeInTheDocument();
    await user.click(panel().getByRole('button', { name: 'Reconnect' }));
    await waitFor(() => expect(api.createAuthorization).toHaveBeenCalled());
  });

  it('says that nothing was called by a test without a test path', async () => {
    const message = 'Nothing was called, because no test path is set.';
    const { user } = await open(datasourceOf({ status: authorizedStatus() }), {
      testDatasource: async () => ({
        ...{ ok: true, testedAt: 1 },
        steps: [{ step: 'call', ok: true, message }],
      }),
    });
    expect(panel().queryByText(/hasn't been tried/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(
      await screen.findByRole('img', { name: 'not called' }),
    ).toBeInTheDocument();
    expect(screen.getAllByText(message, { exact: false })).not.toHaveLength(0);
    expect(screen.queryByText('The connection works.')).not.toBeInTheDocument();
  });

  it('warns that a person is needed before the refresh token expires', async () => {
    const refreshExpiresAt = Date.now() + 5 * 86_400_000;
    await open(
      datasourceOf({ status: authorizedStatus({ refreshExpiresAt }) }),
    );
    expect(screen.getByText(/^Needs a person by/)).toHaveTextContent(
      /: the refresh token expires$/,
    );
  });

  it('has tabs with arrow keys, Home, and End, and the selected tab in the address', async () => {
    const { user } = await open(datasourceOf(), {
      exportDatasource: async () => '',
      listActivity: async () => ({ items: [] }),
    });
    const tab = (name: string) => screen.getByRole('tab', { name });
    expect(
      screen.getAllByRole('tab').map(({ textContent }) => textContent),
    ).toEqual(['Overview', 'Activity', 'Consumers', 'Access', 'Configuration']);
    expect(tab('Overview')).toHaveAttribute('aria-selected', 'true');
    act(() => tab('Overview').focus());
    await user.keyboard('{ArrowRight}');
    expect(tab('Activity')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/salesforce-crm/activity',
    );
    expect(
      screen.getByRole('tabpanel', { name: 'Activity' }),
    ).toHaveTextContent('No activity yet.');
    await user.keyboard('{End}');
    expect(tab('Configuration')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(tab('Configuration')).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{Home}{Enter}');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth\/salesforce-crm$/,
    );
  });

  it('shows an error for an unknown tab', async () => {
    const api = apiStub({ getDatasource: async () => datasourceOf() });
    await renderPage(api, '/datasource-auth/salesforce-crm/nope');
    expect(await screen.findByText(/Page not found\.$/)).toBeInTheDocument();
  });

  it('shows a changed status without a reload, and announces it once', async () => {
    let datasource = datasourceOf({ status: authorizedStatus() });
    await open(datasource, { getDatasource: async () => datasource });
    datasource = datasourceOf({
      status: statusOf({
        state: 'ERROR',
        reasonCode: 'renewal_failing',
        reason: 'Token endpoint returned 503 (3 attempts).',
        obtainedAt: Date.now(),
      }),
    });
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    expect(
      await panel().findByText(/^Token endpoint returned 503 \(3 attempts\)/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Salesforce CRM is now ERROR.',
      ),
    );
  });

  it('shows how much it was used in the last week', async () => {
    await open(datasourceOf(), {
      listConsumers: async () => ({
        items: [],
        hours: [
          { hour: Date.now(), handOuts: 1204, rejections: 0, refusals: 1 },
        ],
      }),
    });
    const use = await screen.findByRole('region', {
      name: 'Use in the last 7 days',
    });
    expect(use).toHaveTextContent('Used 1204 times · 1 request denied');
    // The chart in words: a row for each day.
    const table = within(use).getByRole('table', { name: 'Uses per day' });
    const days = within(table).getAllByRole('row').slice(1);
    expect(days).toHaveLength(7);
    expect(days[6]).toHaveTextContent(/1,204\s?0$/);
  });

  it('shows an error for an unknown datasource', async () => {
    const api = apiStub({
      getDatasource: async () => {
        throw apiError('not_found', 404, {
          message: "No datasource named 'nope' found",
        });
      },
    });
    await renderPage(api, '/datasource-auth/nope');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "No datasource named 'nope' found",
    );
  });
});
