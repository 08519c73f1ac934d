import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Authorization,
  Connection,
  ConnectionList,
  ConnectionTerms,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { ATTEMPT_ID } from '../__testUtils__/datasources';
import { germanWords } from '../__testUtils__/germanWords';
import { NO_TEXTS } from '../__testUtils__/noTexts';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';

const PAGE = '/datasource-auth/connections';

const TERMS: ConnectionTerms = {
  baseUrl: 'https://jira.example.com/rest',
  hosts: ['jira.example.com'],
  scopes: ['read'],
  consumers: ['issues'],
  routes: [],
};

const connectionOf = (more: Partial<Connection> = {}): Connection => ({
  datasource: 'jira',
  title: 'Jira Cloud',
  state: 'not_connected',
  terms: TERMS,
  ...more,
});

const connectedOf = (more: Partial<Connection> = {}): Connection =>
  connectionOf({
    state: 'connected',
    agreed: TERMS,
    account: 'jane@example.com',
    scope: 'read',
    connectedAt: Date.now() - 3 * 86_400_000,
    lastUsedAt: Date.now() - 180_000,
    ...more,
  });

const github = (more: Partial<Connection> = {}) =>
  connectionOf({ datasource: 'github', title: 'GitHub', ...more });

const attemptOf = (more: Partial<Authorization> = {}): Authorization => ({
  id: ATTEMPT_ID,
  status: 'granted',
  commit: false,
  display: 'page',
  expiresAt: Date.now() + 600_000,
  datasource: 'jira',
  connection: { terms: TERMS, doubts: [] },
  staged: {
    obtainedAt: Date.now(),
    hasRefreshToken: true,
    account: 'jane@example.com',
  },
  ...more,
});

async function renderConnections(
  list: ConnectionList,
  options: {
    path?: string;
    methods?: Partial<DatasourceAuthApi>;
    german?: boolean;
  } = {},
) {
  const server = { list };
  const api = apiStub({
    listConnections: async () => server.list,
    ...options.methods,
  });
  const words = options.german ? [await germanWords()] : [];
  await renderPage(api, options.path ?? PAGE, words);
  return { api, server, user: userEvent.setup({ delay: null }) };
}

/** Loaded lazily. */
const card = async (title: string) =>
  within(await screen.findByRole('region', { name: title }));

afterEach(() => jest.restoreAllMocks());

describe('N10: My connections', () => {
  it('shows what a person connected: account, times, plugins, hosts, and scopes', async () => {
    await renderConnections({ items: [connectedOf(), github()] });
    const jira = await card('Jira Cloud');
    for (const said of [
      'Connected',
      'jane@example.com',
      '3 days ago',
      '3 min. ago',
      'issues',
      'jira.example.com',
      'read',
    ])
      expect(jira.getAllByText(said)[0]).toBeInTheDocument();
    expect(
      jira.getAllByRole('button').map(({ textContent }) => textContent),
    ).toEqual(['Disconnect my account']);
    expect(screen.getByText('1 of 2 connected')).toBeInTheDocument();
  });

  it('shows what connecting allows before a person connects', async () => {
    await renderConnections({ items: [github()] });
    const found = await card('GitHub');
    expect(found.getByText('Not connected')).toBeInTheDocument();
    expect(found.getByText('What connecting allows')).toBeInTheDocument();
    expect(
      found.getByRole('button', {
        name: 'Connect my account: GitHub (opens a new window)',
      }),
    ).toBeInTheDocument();
    expect(found.queryByRole('button', { name: /^Disconnect/ })).toBeNull();
  });

  it.each<[Partial<Connection>, string, string, string]>([
    [
      { state: 'reconnect' },
      'Reconnect needed',
      'The provider no longer accepts this connection, or the settings changed. Plugins get an error until you reconnect.',
      'Reconnect my account',
    ],
    [
      { state: 'suspended' },
      'Suspended',
      'The catalog had no user with your name, or another one. Plugins get an error until you reconnect.',
      'Reconnect my account',
    ],
    [
      { state: 'scope_missing', missingScopes: ['write'] },
      'More access needed',
      'Not granted: write. Plugins get an error until you reconnect and grant it.',
      'Reconnect my account',
    ],
    [
      {
        state: 'consent_outdated',
        terms: {
          ...TERMS,
          consumers: ['issues', 'boards'],
          hosts: ['jira.example.com', 'files.example.com'],
          routes: [{ methods: ['GET'], path: '/me' }],
        },
      },
      'New consent needed',
      'New since you agreed: boards, files.example.com, GET /me. Connect again to agree. Until then, only what you agreed to works.',
      'Review and connect again',
    ],
    [
      { state: 'consent_outdated' },
      'New consent needed',
      'The address of the API has changed since you agreed. Connect again to agree.',
      'Review and connect again',
    ],
  ])('says what is wrong and offers the repair: %j', async (more, ...said) => {
    await renderConnections({ items: [connectedOf(more)] });
    const [marker, reason, action] = said;
    const jira = await card('Jira Cloud');
    expect(jira.getByText(marker)).toBeInTheDocument();
    expect(jira.getByText(reason)).toBeInTheDocument();
    expect(
      jira.getByRole('button', {
        name: `${action}: Jira Cloud (opens a new window)`,
      }),
    ).toBeInTheDocument();
    expect(
      jira.getByRole('button', { name: /^Disconnect/ }),
    ).toBeInTheDocument();
  });

  it('moves to the card of the datasource that a link names', async () => {
    await renderConnections(
      { items: [github(), connectionOf()] },
      { path: `${PAGE}?datasource=jira` },
    );
    const jira = await card('Jira Cloud');
    await waitFor(() =>
      expect(jira.getByRole('heading', { name: 'Jira Cloud' })).toHaveFocus(),
    );
  });

  it("says that a link names a datasource that the person can't connect to", async () => {
    await renderConnections(
      { items: [github()] },
      { path: `${PAGE}?datasource=secret` },
    );
    await card('GitHub');
    expect(
      screen.getByText(/You can't connect an account to 'secret'/),
    ).toBeInTheDocument();
  });

  it('connects in a window, one datasource after the other', async () => {
    fakeProviderWindow();
    const { api, server, user } = await renderConnections(
      { items: [connectionOf(), github()] },
      {
        methods: {
          createAuthorization: async () => attemptOf({ display: 'popup' }),
          confirmConnection: async () => attemptOf({ status: 'consumed' }),
        },
      },
    );
    const jira = await card('Jira Cloud');
    await user.click(jira.getByRole('button', { name: /^Connect my account/ }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Connected as jane@example.com. Is this you?',
    });
    server.list = { items: [connectedOf(), github()] };
    await user.click(
      within(dialog).getByRole('button', { name: 'Yes, connect' }),
    );
    const next = await jira.findByRole('button', { name: 'Next: GitHub' });
    expect(jira.getByText('Jira Cloud is connected.')).toBeInTheDocument();
    expect(jira.getByRole('heading', { name: 'Jira Cloud' })).toHaveFocus();
    expect(screen.getByText('1 of 2 connected')).toBeInTheDocument();
    expect(api.createAuthorization).toHaveBeenCalledWith({
      datasource: 'jira',
      display: 'popup',
      subject: 'user',
    });
    await user.click(next);
    expect(screen.getByRole('heading', { name: 'GitHub' })).toHaveFocus();
  });

  it('confirms the account with which a person returns in the same tab, once', async () => {
    const { api, user } = await renderConnections(
      { items: [connectionOf()] },
      {
        path: `${PAGE}?datasource=jira&authorization=${ATTEMPT_ID}`,
        methods: {
          getAuthorization: async () => attemptOf(),
          confirmConnection: async () => attemptOf({ status: 'consumed' }),
        },
      },
    );
    await user.click(
      await screen.findByRole('button', { name: 'Yes, connect' }),
    );
    expect(api.confirmConnection).toHaveBeenCalledWith(ATTEMPT_ID, {
      acknowledged: [],
    });
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /connections\?datasource=jira$/,
    );
  });

  it('shows why an attempt failed with which a person returns in the same tab', async () => {
    await renderConnections(
      { items: [connectionOf()] },
      {
        path: `${PAGE}?datasource=jira&authorization=${ATTEMPT_ID}`,
        methods: {
          getAuthorization: async () =>
            attemptOf({
              status: 'failed',
              staged: undefined,
              error: {
                code: 'access_denied',
                title: 'Access was not approved',
                cause: 'You declined.',
                remedy: 'Choose Allow.',
                texts: NO_TEXTS,
                retryable: true,
                details: {},
              },
            }),
        },
      },
    );
    const jira = await card('Jira Cloud');
    expect(await jira.findByRole('alert')).toHaveTextContent(
      'Access was not approved You declined. Choose Allow.',
    );
  });

  it.each([
    [true, 'The provider has revoked the tokens.'],
    [false, /didn't confirm that the tokens are revoked/],
  ])(
    'says before and after what disconnecting does; revoked: %s',
    async (revoked, said) => {
      const { api, server, user } = await renderConnections(
        { items: [connectedOf()] },
        { methods: { disconnect: async () => ({ revoked }) } },
      );
      const jira = await card('Jira Cloud');
      const button = { name: 'Disconnect my account: Jira Cloud' };
      await user.click(jira.getByRole('button', button));
      const dialog = within(screen.getByRole('dialog'));
      expect(dialog.getByText(/asks the provider to revoke/)).toBeVisible();
      expect(
        dialog.getByRole('button', { name: 'Keep connected' }),
      ).toHaveFocus();
      server.list = { items: [connectionOf()] };
      await user.click(
        dialog.getByRole('button', { name: 'Disconnect my account' }),
      );
      expect(await jira.findByText(said, { exact: false })).toBeInTheDocument();
      expect(await jira.findByText('Not connected')).toBeInTheDocument();
      expect(api.disconnect.mock.calls).toEqual([['jira']]);
    },
  );

  it('says why disconnecting failed', async () => {
    const { user } = await renderConnections(
      { items: [connectedOf()] },
      {
        methods: {
          disconnect: async () => {
            throw apiError('datasource_unavailable', 503, {
              message: 'The database is away',
            });
          },
        },
      },
    );
    const jira = await card('Jira Cloud');
    await user.click(jira.getByRole('button', { name: /^Disconnect/ }));
    await user.click(
      screen.getByRole('button', { name: 'Disconnect my account' }),
    );
    expect(await jira.findByText('The database is away')).toBeInTheDocument();
    expect(jira.getAllByText('Connected')[0]).toBeInTheDocument();
  });

  it("tells a user that several people share why they can't connect", async () => {
    await renderConnections({
      items: [github()],
      refusal: { code: 'shared_user', message: 'Several people share it' },
    });
    const found = await card('GitHub');
    expect(screen.getByText('Several people share it')).toBeInTheDocument();
    expect(found.queryByRole('button')).toBeNull();
  });

  it('says that there is nothing to connect to', async () => {
    await renderConnections({ items: [] });
    expect(
      await screen.findByText(/^You can't connect an account yet/),
    ).toBeInTheDocument();
  });

  it('says why the connections could not be loaded, and tries again', async () => {
    let calls = 0;
    const { user } = await renderConnections(
      { items: [] },
      {
        methods: {
          listConnections: async () => {
            calls += 1;
            if (calls === 1)
              throw apiError('person_only', 403, { message: 'Only in person' });
            return { items: [github()] };
          },
        },
      },
    );
    expect(await screen.findByText('Only in person')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await card('GitHub');
  });

  it('takes a token where the API issues it, shows its end, and replaces and deletes it', async () => {
    const form = { paths: ['auth.bearer'], version: 'v1' };
    const withToken = connectedOf({
      ...{ form, account: undefined, scope: undefined },
      expiresAt: Date.now() + 3.2 * 86_400_000,
    });
    const { api, user } = await renderConnections(
      { items: [withToken] },
      {
        methods: {
          enterConnection: async () => ({
            ...{ connected: true, verified: true, doubts: [] },
          }),
          disconnect: async () => ({ revoked: false }),
        },
      },
    );
    const jira = await card('Jira Cloud');
    expect(jira.getByText('Token expires')).toBeInTheDocument();
    expect(jira.getByText('in 3 days')).toBeInTheDocument();
    expect(jira.getByText('not known for this token')).toBeInTheDocument();
    await user.click(
      jira.getByRole('button', { name: 'Replace my token: Jira Cloud' }),
    );
    const field = await screen.findByLabelText('Your token');
    await user.type(field, 'newer');
    await user.click(
      screen.getByRole('button', { name: 'Connect my account' }),
    );
    expect(
      await jira.findByText('Jira Cloud is connected.'),
    ).toBeInTheDocument();
    expect(api.enterConnection.mock.calls).toEqual([
      [
        'jira',
        {
          ...{ version: 'v1', secrets: { 'auth.bearer': 'newer' } },
          acknowledged: [],
        },
      ],
    ]);
    await user.click(jira.getByRole('button', { name: /^Disconnect/ }));
    expect(
      screen.getByText(/^Backstage deletes what you entered/),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Disconnect my account' }),
    );
    expect(
      await jira.findByText(/delete the token in your account there, too/),
    ).toBeInTheDocument();
  });

  it('is German for a user who chose it', async () => {
    await renderConnections(
      { items: [connectedOf(), github()] },
      { german: true },
    );
    const jira = await card('Jira Cloud');
    expect(jira.getAllByText('Verbunden')[0]).toBeInTheDocument();
    const found = await card('GitHub');
    expect(
      found.getByRole('button', {
        name: 'Mein Konto verbinden: GitHub (öffnet ein neues Fenster)',
      }),
    ).toBeInTheDocument();
  });
});
