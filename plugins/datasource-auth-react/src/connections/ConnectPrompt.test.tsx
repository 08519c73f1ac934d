import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Authorization,
  Connection,
  ConnectionEntry,
  ConnectionList,
  ConnectionTerms,
  DatasourceAuthError,
  EnteredConnection,
} from 'backstage-plugin-datasource-auth-common';
import { announceApproval } from '../approval';
import { DatasourceAuthApi, datasourceAuthApiRef } from '../client';
import { ConnectPrompt } from './ConnectPrompt';
import { datasourceAuthRouteRef } from './datasourceAuthRouteRef';

const ID = '6f1c1f4e-0d5b-4f0e-9d0e-3f6f2f1f0a11';

const TERMS: ConnectionTerms = {
  baseUrl: 'https://jira.example.com/rest',
  hosts: ['jira.example.com'],
  scopes: ['read', 'offline_access'],
  consumers: ['issues'],
  routes: [{ methods: ['GET'], path: '/me' }],
};

const connectionOf = (more: Partial<Connection> = {}): Connection => ({
  datasource: 'jira',
  title: 'Jira Cloud',
  state: 'not_connected',
  terms: TERMS,
  ...more,
});

const attemptOf = (more: Partial<Authorization> = {}): Authorization => ({
  id: ID,
  status: 'pending',
  commit: false,
  display: 'popup',
  expiresAt: Date.now() + 600_000,
  datasource: 'jira',
  connection: { terms: TERMS },
  ...more,
});

const grantedOf = (
  account: string | undefined,
  more: Partial<Authorization['connection']> = {},
): Authorization =>
  attemptOf({
    status: 'granted',
    connection: { terms: TERMS, doubts: [], ...more },
    staged: { obtainedAt: Date.now(), hasRefreshToken: true, account },
  });

/** Replaces the browser's windows and forms, which jsdom doesn't have. */
function fakeWindow(options: { blocked?: boolean } = {}) {
  const popup = {
    closed: false,
    opener: window as unknown,
    document: { title: '', body: { textContent: '' } },
    close: jest.fn(),
  };
  jest
    .spyOn(window, 'open')
    .mockReturnValue(options.blocked ? null : (popup as unknown as Window));
  const submitted: string[] = [];
  jest
    .spyOn(HTMLFormElement.prototype, 'submit')
    .mockImplementation(function submit(this: HTMLFormElement) {
      submitted.push(this.target);
    });
  return { popup, submitted };
}

/** Renders a prompt for Jira, whose list of connections and attempt a test changes. */
async function renderPrompt(
  list: Partial<ConnectionList>,
  methods: { listConnections?: jest.Mock } = {},
  mountedAt = '/datasource-auth',
) {
  const server = {
    list: { items: [connectionOf()], ...list } as ConnectionList,
    attempt: attemptOf(),
  };
  const api = {
    listConnections: jest.fn(async () => server.list),
    createAuthorization: jest.fn(async () =>
      attemptOf({ startUrl: 'http://localhost/start', ticket: 'ticket' }),
    ),
    getAuthorization: jest.fn(async () => server.attempt),
    discardAuthorization: jest.fn(async () => {}),
    confirmConnection: jest.fn(async () => attemptOf({ status: 'consumed' })),
    enterConnection: jest.fn(
      async (_name: string, _entry: ConnectionEntry) =>
        ({ connected: true, verified: true, doubts: [] } as EnteredConnection),
    ),
    ...methods,
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[[datasourceAuthApiRef, api as unknown as DatasourceAuthApi]]}
    >
      <ConnectPrompt datasource="jira">
        <p>My issues</p>
      </ConnectPrompt>
    </TestApiProvider>,
    { mountedRoutes: { [mountedAt]: datasourceAuthRouteRef } },
  );
  return { api, server, user: userEvent.setup() };
}

const CONNECT = 'Connect my account: Jira Cloud (opens a new window)';
const connectButton = () => screen.findByRole('button', { name: CONNECT });

/** Connects until the account must be confirmed. */
async function toConfirm(granted: Authorization) {
  const { submitted } = fakeWindow();
  const rendered = await renderPrompt({});
  const { server, user } = rendered;
  await user.click(await connectButton());
  await screen.findByText('Waiting for you to approve in the other window.');
  server.attempt = granted;
  act(() => announceApproval(ID));
  return { ...rendered, submitted, dialog: await screen.findByRole('dialog') };
}

describe('N10: ConnectPrompt', () => {
  afterEach(() => jest.restoreAllMocks());

  it('renders its children for a user who is connected', async () => {
    await renderPrompt({ items: [connectionOf({ state: 'connected' })] });
    expect(await screen.findByText('My issues')).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('connects in a new window, after the user saw the account and the terms', async () => {
    const { api, server, user, dialog, submitted } = await toConfirm(
      grantedOf('jane@example.com'),
    );
    expect(api.createAuthorization).toHaveBeenCalledWith({
      datasource: 'jira',
      display: 'popup',
      subject: 'user',
    });
    expect(submitted).toHaveLength(1);
    expect(
      within(dialog).getByRole('heading', {
        name: 'Connected as jane@example.com. Is this you?',
      }),
    ).toBeInTheDocument();
    for (const said of [
      'issues',
      'jira.example.com',
      'read, offline_access',
      'GET /me',
    ])
      expect(within(dialog).getByText(said)).toBeInTheDocument();
    expect(screen.queryByText('My issues')).toBeNull();
    expect(api.confirmConnection).not.toHaveBeenCalled();

    server.list = { items: [connectionOf({ state: 'connected' })] };
    await user.click(
      within(dialog).getByRole('button', { name: 'Yes, connect' }),
    );
    expect(await screen.findByText('My issues')).toBeInTheDocument();
    expect(api.confirmConnection).toHaveBeenCalledWith(ID, {
      acknowledged: [],
    });
  });

  it('threats 43: asks a second time about an account that may be of someone else', async () => {
    const { api, user, dialog } = await toConfirm(
      grantedOf('joe@example.com', {
        doubts: ['other_email', 'account_taken'],
      }),
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Yes, continue' }),
    );
    // The second click of a double click.
    fireEvent.click(
      within(dialog).getByRole('button', { name: 'Connect this account' }),
      { detail: 2 },
    );
    expect(api.confirmConnection).not.toHaveBeenCalled();
    expect(
      within(dialog).getByRole('heading', {
        name: 'Is this really your account?',
      }),
    ).toHaveFocus();
    expect(
      within(dialog).getByText('Another user has connected this account.'),
    ).toBeInTheDocument();
    await user.click(
      within(dialog).getByRole('button', { name: 'Connect this account' }),
    );
    await waitFor(() =>
      expect(api.confirmConnection).toHaveBeenCalledWith(ID, {
        acknowledged: ['other_email', 'account_taken'],
      }),
    );
  });

  it('threats 43: shows a doubt that arose after the account was shown, before it connects', async () => {
    const { api, server, user, dialog } = await toConfirm(
      grantedOf('jane@example.com'),
    );
    api.confirmConnection.mockRejectedValueOnce(
      new DatasourceAuthError('Confirm it', {
        code: 'confirmation_required',
        statusCode: 409,
      }),
    );
    server.attempt = grantedOf('jane@example.com', {
      doubts: ['account_taken'],
    });
    await user.click(
      within(dialog).getByRole('button', { name: 'Yes, connect' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Yes, continue' }),
    ).toBeInTheDocument();
  });

  it("discards the attempt of an account that isn't the user's", async () => {
    const { api, user, dialog } = await toConfirm(grantedOf(undefined));
    expect(
      within(dialog).getByRole('heading', { name: 'Is this your account?' }),
    ).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Not me' }));
    expect(api.discardAuthorization).toHaveBeenCalledWith(ID);
    expect(await connectButton()).toBeInTheDocument();
    expect(api.confirmConnection).not.toHaveBeenCalled();
  });

  it('offers this tab if the browser blocks the window', async () => {
    const { submitted } = fakeWindow({ blocked: true });
    const { api, user } = await renderPrompt({});
    await user.click(await connectButton());
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Your browser blocked the window.',
    );
    await user.click(
      screen.getByRole('button', { name: 'Continue in this tab' }),
    );
    await waitFor(() => expect(submitted).toEqual(['_self']));
    expect(api.createAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({ display: 'page' }),
    );
  });

  it('cancels the wait', async () => {
    fakeWindow();
    const { api, user } = await renderPrompt({});
    await user.click(await connectButton());
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(api.discardAuthorization).toHaveBeenCalledWith(ID);
    expect(await connectButton()).toBeInTheDocument();
  });

  it('says why the provider refused, and offers another attempt', async () => {
    fakeWindow();
    const { server, user } = await renderPrompt({});
    await user.click(await connectButton());
    await screen.findByText('Waiting for you to approve in the other window.');
    server.attempt = attemptOf({
      status: 'failed',
      error: {
        code: 'access_denied',
        title: 'Access was not approved',
        cause: 'You declined.',
        remedy: 'Choose Allow.',
        texts: { title: [], cause: [], remedy: [] },
        retryable: true,
        details: { errorDescription: 'End-User aborted' },
      },
    });
    act(() => announceApproval(ID));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Access was not approved You declined. Choose Allow.provider says: "End-User aborted"',
    );
    expect(await connectButton()).toBeInTheDocument();
  });

  it.each<[Partial<Connection>, string, string]>([
    [
      { state: 'reconnect' },
      'Your connection to Jira Cloud no longer works. Connect again.',
      'Reconnect my account',
    ],
    [
      { state: 'suspended' },
      'Your connection to Jira Cloud is suspended, because the catalog had no user with your name, or another one. Connect again.',
      'Reconnect my account',
    ],
    [
      { state: 'scope_missing', missingScopes: ['write'] },
      'Jira Cloud needs more access: write. Connect again.',
      'Reconnect my account',
    ],
    [
      { state: 'consent_outdated' },
      'Jira Cloud has new plugins, routes, or hosts. Agree to them to let them act as you.',
      'Review and connect again',
    ],
  ])('says what a connection needs: %j', async (more, text, action) => {
    await renderPrompt({ items: [connectionOf(more)] });
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: `${action}: Jira Cloud (opens a new window)`,
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText('My issues') !== null).toBe(
      more.state === 'consent_outdated',
    );
    expect(
      screen.getByRole('link', { name: 'My connections' }),
    ).toHaveAttribute('href', '/datasource-auth/connections?datasource=jira');
  });

  it('leads to My connections where the app mounts the page', async () => {
    await renderPrompt({}, {}, '/accounts/datasources');
    expect(
      await screen.findByRole('link', { name: 'My connections' }),
    ).toHaveAttribute(
      'href',
      '/accounts/datasources/connections?datasource=jira',
    );
  });

  it("tells a user that several people share why they can't connect", async () => {
    await renderPrompt({
      refusal: { code: 'shared_user', message: 'Several people share it' },
    });
    expect(
      await screen.findByText('Several people share it'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that the user may not connect to the datasource', async () => {
    await renderPrompt({ items: [] });
    expect(
      await screen.findByText(/You can't connect an account to 'jira'/),
    ).toBeInTheDocument();
  });

  it('says why the connections could not be loaded, and tries again', async () => {
    const listConnections = jest
      .fn()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue({ items: [connectionOf({ state: 'connected' })] });
    const { user } = await renderPrompt({}, { listConnections });
    expect(
      await screen.findByText("Couldn't load your connections: away"),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('My issues')).toBeInTheDocument();
  });
});

describe('N10: a token that the user enters', () => {
  const form = { paths: ['auth.bearer'], version: 'v1' };
  const tokenOf = (more: Partial<Connection> = {}) =>
    connectionOf({ form, ...more });
  /** Loaded lazily. */
  const open = async (
    user: ReturnType<typeof userEvent.setup>,
    name = 'Connect my account: Jira Cloud',
  ) => {
    await user.click(await screen.findByRole('button', { name }));
    return within(await screen.findByRole('dialog'));
  };

  it('is typed hidden, sent with the terms that the user read, and opens no window', async () => {
    const opened = jest.spyOn(window, 'open');
    const { api, server, user } = await renderPrompt({ items: [tokenOf()] });
    const dialog = await open(user);
    expect(dialog.getByText('issues')).toBeInTheDocument();
    const field = dialog.getByLabelText('Your token');
    expect(field).toHaveAttribute('type', 'password');
    await user.click(dialog.getByLabelText('Show what I type'));
    expect(field).toHaveAttribute('type', 'text');
    await user.type(field, 'hers');
    fireEvent.change(
      dialog.getByLabelText('Expires at the end of (optional)'),
      {
        target: { value: '2031-01-31' },
      },
    );
    server.list = { items: [tokenOf({ state: 'connected' })] };
    await user.click(
      dialog.getByRole('button', { name: 'Connect my account' }),
    );
    expect(await screen.findByText('My issues')).toBeInTheDocument();
    expect(api.enterConnection.mock.calls).toEqual([
      [
        'jira',
        {
          ...{ version: 'v1', secrets: { 'auth.bearer': 'hers' } },
          ...{ expiresAt: '2031-01-31', acknowledged: [] },
        },
      ],
    ]);
    expect(opened).not.toHaveBeenCalled();
    expect(api.createAuthorization).not.toHaveBeenCalled();
  });

  it('shows what is wrong at its field, and keeps what was typed', async () => {
    const { api, user } = await renderPrompt({ items: [tokenOf()] });
    api.enterConnection.mockRejectedValue(
      new DatasourceAuthError('Check it.', {
        ...{ code: 'invalid_request', statusCode: 400 },
        fields: { 'secrets.auth.bearer': 'Enter a value.' },
      }),
    );
    const dialog = await open(user);
    await user.type(dialog.getByLabelText('Your token'), 'x');
    await user.click(
      dialog.getByRole('button', { name: 'Connect my account' }),
    );
    expect(await dialog.findByText('Enter a value.')).toBeInTheDocument();
    expect(dialog.getByRole('alert')).toHaveTextContent('Check it.');
    expect(dialog.getByLabelText('Your token')).toHaveValue('x');
  });

  it('loads the terms again if they changed', async () => {
    const { api, user } = await renderPrompt({ items: [tokenOf()] });
    api.enterConnection.mockRejectedValue(
      new DatasourceAuthError('Read it again.', {
        ...{ code: 'version_conflict', statusCode: 412 },
      }),
    );
    const dialog = await open(user);
    await user.type(dialog.getByLabelText('Your token'), 'x');
    await user.click(
      dialog.getByRole('button', { name: 'Connect my account' }),
    );
    await waitFor(() => expect(api.listConnections).toHaveBeenCalledTimes(2));
  });

  it('threats 43: of an account that may not be theirs needs a second answer', async () => {
    const paths = ['auth.basic.username', 'auth.basic.password'];
    const { api, user } = await renderPrompt({
      items: [tokenOf({ form: { paths, version: 'v1' } })],
    });
    api.enterConnection.mockResolvedValueOnce({
      ...{ connected: false, verified: true, account: 'boss' },
      doubts: ['account_taken'],
    });
    const dialog = await open(user);
    await user.type(dialog.getByLabelText('Your username'), 'boss');
    await user.type(dialog.getByLabelText('Your password or token'), 'p');
    await user.click(
      dialog.getByRole('button', { name: 'Connect my account' }),
    );
    expect(
      await dialog.findByText('Another user has connected this account.'),
    ).toBeInTheDocument();
    await user.click(
      dialog.getByRole('button', { name: 'Connect this account' }),
    );
    await waitFor(() =>
      expect(api.enterConnection.mock.lastCall).toEqual([
        'jira',
        {
          version: 'v1',
          secrets: {
            'auth.basic.username': 'boss',
            'auth.basic.password': 'p',
          },
          acknowledged: ['account_taken'],
        },
      ]),
    );
  });

  it('can stay when the user only agrees to new terms', async () => {
    const { api, user } = await renderPrompt({
      items: [tokenOf({ state: 'consent_outdated' })],
    });
    const dialog = await open(user, 'Review and connect again: Jira Cloud');
    await user.click(
      dialog.getByRole('button', { name: 'Connect my account' }),
    );
    expect(api.enterConnection.mock.lastCall).toEqual([
      'jira',
      { version: 'v1', acknowledged: [] },
    ]);
  });
});
