import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AnyApiRef, identityApiRef } from '@backstage/core-plugin-api';
import {
  Authorization,
  Diagnosis,
  message,
  parsePreset,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  ATTEMPT_ID,
  datasourceOf,
  grantedOf,
  summaryOf,
} from '../__testUtils__/datasources';
import { button, openAdvanced } from '../__testUtils__/editorForm';
import { NO_TEXTS } from '../__testUtils__/noTexts';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';

const GALLERY = '/datasource-auth/new/gallery';
const ANY_API = '/datasource-auth/new/connect';

const ACME = parsePreset({
  id: 'acme',
  title: 'Acme',
  category: 'Work management',
  benefit: 'Issues',
  ways: ['authorization_code', 'client_credentials', 'static'],
  caveat: 'Only on weekdays.',
  source: 'https://acme.example/docs',
  lastVerified: '2026-11-20',
  instance: [
    {
      name: 'tenant',
      label: 'Tenant ID',
      example: 'contoso',
      pattern: '[a-z]+',
    },
    {
      name: 'key',
      label: 'API key',
      example: 'k',
      secret: true,
      ways: ['static'],
    },
  ],
  settings: {
    baseUrl: 'https://{{instance.tenant}}.acme.example/api',
    testPath: '/me',
    auth: {
      authorize: { url: 'https://{{instance.tenant}}.acme.example/authorize' },
      token: { url: 'https://{{instance.tenant}}.acme.example/token' },
      scopes: ['read'],
    },
  },
  variants: {
    static: { auth: { headers: { 'X-Key': '{{instance.key}}' } } },
  },
  registration: {
    url: 'https://acme.example/console',
    steps: [
      'Create an app.',
      { step: 'Ask an administrator.', ways: ['client_credentials'] },
    ],
    scopes: [
      { scope: 'read', description: 'Read issues' },
      { scope: 'write', description: 'Change issues' },
    ],
    static: { steps: ['Create a key.'] },
  },
});

const CONNECT = 'Connect for everyone (opens a new window)';
const CALL_OK: TestResult = {
  ok: true,
  steps: [],
  status: 200,
  testedAt: Date.now(),
};

const teams = (...refs: string[]): Array<readonly [AnyApiRef, unknown]> => [
  [
    identityApiRef,
    {
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/jane',
        ownershipEntityRefs: ['user:default/jane', ...refs],
      }),
    },
  ],
];

async function open(
  methods: Partial<DatasourceAuthApi> = {},
  options: { path?: string; teams?: string[] } = {},
) {
  const api = apiStub({
    listPresets: async () => ({ items: [ACME] }),
    listDatasources: async () => ({ items: [], mayCreate: true }),
    listPlugins: async () => ({ items: ['search', 'techdocs'] }),
    ...methods,
  });
  const page = await renderPage(
    api,
    options.path ?? `${GALLERY}/acme`,
    teams(...(options.teams ?? [])),
  );
  await screen.findByRole('heading', { name: 'Connect Acme' });
  return { api, user: userEvent.setup({ delay: null }), ...page };
}

const input = (label: string) =>
  screen.getByLabelText(new RegExp(`^${label}\\W*$`));

async function fill(values: Record<string, string>) {
  const user = userEvent.setup({ delay: null });
  for (const [label, value] of Object.entries(values)) {
    await user.clear(input(label));
    await user.click(input(label));
    await user.paste(value);
  }
}

const ALL = {
  'Tenant ID': 'contoso',
  'Client ID': 'id',
  'Client secret': 'shh',
};

const granted = (part: Partial<Authorization> = {}): Authorization => ({
  ...grantedOf({
    staged: {
      ...{ obtainedAt: 1, hasRefreshToken: true },
      ...{ account: 'jane@example.com', scope: 'a b c' },
    },
  }),
  ...part,
});

const refused = (code: string): Diagnosis => ({
  code,
  title: 'Refused',
  cause: '',
  remedy: '',
  texts: NO_TEXTS,
  retryable: false,
  details: {},
});

afterEach(() => jest.restoreAllMocks());

describe('N9 the step Register', () => {
  it('asks only for what nobody but the user can know, and fills in the rest', async () => {
    await open();
    const form = within(screen.getByRole('form', { name: 'Your values' }));
    const labels = form
      .getAllByRole('textbox')
      .concat(form.getByLabelText(/^Client secret/))
      .map(each => each.id);
    expect(labels).toEqual([
      'datasource-auth-field-instance-tenant',
      'datasource-auth-field-clientId',
      'datasource-auth-field-clientSecret',
    ]);
    expect(form.getByText('acme')).toBeInTheDocument();
    expect(form.getByText(/can't be changed later/)).toBeInTheDocument();
  });

  it('S0.1 S0.2 S4.2 S4.8 shows what to do at the provider, the redirect URI to copy, and scopes with what they mean', async () => {
    const { user } = await open();
    const guide = within(
      screen.getByRole('region', { name: 'At the provider' }),
    );
    expect(
      guide.getByRole('link', { name: 'Open acme.example' }),
    ).toHaveAttribute('href', 'https://acme.example/console');
    const [steps] = guide.getAllByRole('list');
    expect(steps.textContent).toBe('Create an app.');
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(guide.getByRole('button', { name: 'Copy Redirect URI' }));
    expect(write).toHaveBeenLastCalledWith(
      'https://backstage.example.com/oauth/callback/',
    );
    const write2 = guide.getByRole('checkbox', { name: 'write' });
    expect(guide.getByRole('checkbox', { name: 'read' })).toBeChecked();
    expect(write2).not.toBeChecked();
    expect(write2).toHaveAccessibleDescription('Change issues');
    await user.click(write2);
    expect(write2).toBeChecked();
  });

  it('says at each field what is missing or has another form, and moves the focus to the first', async () => {
    const { open: openWindow } = fakeProviderWindow();
    const { user, api } = await open();
    await user.click(button(CONNECT));
    await waitFor(() => expect(input('Tenant ID')).toHaveFocus());
    expect(input('Tenant ID')).toHaveAccessibleDescription(
      'Enter this value: Tenant ID.',
    );
    expect(input('Client secret')).toHaveAccessibleDescription(
      'Enter this value: Client secret.',
    );
    await fill({ ...ALL, 'Tenant ID': 'not a tenant' });
    await user.tab();
    await waitFor(() =>
      expect(input('Tenant ID')).toHaveAccessibleDescription(
        'Enter a value in this format: contoso.',
      ),
    );
    await user.click(button(CONNECT));
    await waitFor(() => expect(input('Tenant ID')).toHaveFocus());
    expect(openWindow).not.toHaveBeenCalled();
    expect(api.createAuthorization).not.toHaveBeenCalled();
  });

  it('marks an unknown instance value by its label until the form changes, and shows what the provider says', async () => {
    const { user } = await open({
      createAuthorization: async () => {
        await new Promise(resolve => setTimeout(resolve));
        return granted({
          status: 'failed',
          staged: undefined,
          error: {
            ...refused('not_found'),
            texts: {
              ...NO_TEXTS,
              cause: [
                message('sentence.instanceValueUnknown', {
                  ...{ name: 'tenant', value: 'contoso' },
                }),
              ],
            },
            details: { errorDescription: 'No such tenant' },
          },
        });
      },
    });
    await user.click(button('An app'));
    await fill(ALL);
    await user.click(button('Connect for everyone'));
    expect(
      await screen.findByText(
        /The Tenant ID 'contoso' probably doesn't exist\./,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('provider says: "No such tenant"').closest('details'),
    ).toBeNull();
    await waitFor(() => expect(input('Tenant ID')).toHaveFocus());
    await user.click(screen.getByText('Technical details'));
    await user.click(input('Client ID'));
    await user.click(input('Client secret'));
    expect(input('Tenant ID')).toHaveAccessibleDescription('Check this value.');
    expect(input('Client ID')).toBeValid();
    await user.type(input('Client ID'), 'x');
    await waitFor(() => expect(input('Tenant ID')).toBeValid());
  });

  it('warns about a space at the end of a secret, and keeps it', async () => {
    const { user, api } = await open({
      createAuthorization: async () => granted(),
      testAuthorization: async () => CALL_OK,
    });
    const warning = /^Starts or ends with a space/;
    await user.click(button('An app'));
    await fill({ ...ALL, 'Client secret': 'shh ' });
    expect(input('Client secret')).toHaveAccessibleDescription(warning);
    await user.click(button('API key'));
    await fill({ 'API key': 'k ' });
    await user.tab();
    expect(input('API key')).toHaveAccessibleDescription(warning);
    await user.click(button('Connect for everyone'));
    await waitFor(() => expect(api.createAuthorization).toHaveBeenCalled());
    expect(api.createAuthorization).toHaveBeenCalledWith(
      expect.objectContaining({
        settings: expect.objectContaining({
          instance: {
            tenant: 'contoso',
            key: { secret: true, value: 'k ' },
          },
        }),
      }),
    );
  });

  it('asks for an API without a preset in its own words', async () => {
    await renderPage(apiStub(), ANY_API, teams());
    const user = userEvent.setup({ delay: null });
    await screen.findByRole('heading', { name: 'Connect an API' });
    await user.click(button('API key'));
    expect(
      screen.getByText('Connect for everyone, then save.'),
    ).toBeInTheDocument();
    expect(input('Test path')).toBeInTheDocument();
    await user.click(button('Connect for everyone'));
    expect(
      (await screen.findAllByText('Add a name and its value.')).length,
    ).toBeGreaterThan(0);
    await waitFor(() => expect(input('Name')).toBeInvalid());
    await fill({ Title: 'My API' });
    await waitFor(() => expect(input('Name')).toBeValid());
    expect(input('Name')).toHaveValue('my-api');
  });

  it('keeps what was entered when Backstage renders the page from nothing', async () => {
    const { user, remount } = await open();
    await user.click(button('API key'));
    await fill({ 'Tenant ID': 'contoso', 'API key': 'k' });
    remount();
    expect(screen.queryByLabelText(/^Tenant ID/)).not.toBeInTheDocument();
    expect(await screen.findByLabelText(/^API key\W*$/)).toHaveValue('k');
    expect(input('Tenant ID')).toHaveValue('contoso');
  });

  it('keeps what was entered when the way changes, and asks for a key instead of a client', async () => {
    const { user } = await open();
    await fill(ALL);
    await user.click(button('API key'));
    expect(input('Tenant ID')).toHaveValue('contoso');
    expect(screen.queryByLabelText(/^Client ID/)).not.toBeInTheDocument();
    expect(screen.getByText('Create a key.')).toBeInTheDocument();
    expect(screen.queryByText('Redirect URI')).not.toBeInTheDocument();
    await fill({ 'API key': 'k' });
    await user.click(button('An app'));
    expect(input('Client ID')).toHaveValue('id');
    expect(input('Client secret')).toHaveValue('shh');
    await user.click(button('API key'));
    expect(input('API key')).toHaveValue('k');
  });

  it('takes the next name if the first is taken, and the name can be changed', async () => {
    const { user } = await open({
      listDatasources: async () => ({
        items: [summaryOf({ name: 'acme' })],
        mayCreate: true,
      }),
    });
    expect(screen.getByText('acme-2')).toBeInTheDocument();
    await user.click(button('Change title or name'));
    expect(input('Title')).toHaveValue('Acme 2');
    await fill({ Name: 'acme-test' });
    expect(input('Name')).toHaveValue('acme-test');
  });

  it.each<[string, string | undefined, string[]]>([
    ['invalid_client', 'Client secret', ['Client ID', 'Client secret']],
    ['unauthorized_client', 'Client ID', ['Client ID']],
    ['dns', 'Tenant ID', ['Tenant ID']],
    ['invalid_request', undefined, []],
  ])(
    'after %s, moves the focus to %s, and marks only %j',
    async (code, focused, marked) => {
      const { user } = await open({
        createAuthorization: async () => {
          // No provider responds within the same task, in which the last field is still checked.
          await new Promise(resolve => setTimeout(resolve));
          return granted({
            status: 'failed',
            staged: undefined,
            error: refused(code),
          });
        },
      });
      await user.click(button('An app'));
      await fill(ALL);
      await user.click(button('Connect for everyone'));
      expect(await screen.findByText('Refused')).toBeInTheDocument();
      const labels = Object.keys(ALL);
      const focus = () =>
        labels.find(label => input(label) === document.activeElement);
      await waitFor(() => expect(focus()).toBe(focused));
      expect(
        labels.filter(
          label => input(label).getAttribute('aria-invalid') === 'true',
        ),
      ).toEqual(marked);
      expect(input('Client secret')).toHaveValue('shh');
    },
  );

  it('while the window is open, says what to compare if the provider shows an error', async () => {
    fakeProviderWindow();
    const { user, api } = await open({
      createAuthorization: async () =>
        granted({
          status: 'pending',
          staged: undefined,
          startUrl: 'https://backstage.example.com/start',
          ticket: 't',
        }),
      getAuthorization: async () =>
        granted({ status: 'redirected', staged: undefined }),
    });
    await fill(ALL);
    await user.click(button(CONNECT));
    expect(
      await screen.findByText(/then check: Tenant ID, Client ID\./),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        `authorization=${ATTEMPT_ID}`,
      ),
    );
    await user.click(button('Cancel'));
    expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
    expect(button(CONNECT)).toBeInTheDocument();
    expect(input('Client secret')).toHaveValue('shh');
  });

  it('opens all settings with everything that was entered', async () => {
    const { user } = await open();
    await fill(ALL);
    await user.click(button('All settings'));
    expect(await screen.findByLabelText(/^Client secret\W*$/)).toHaveValue(
      'shh',
    );
    expect(input('Client ID')).toHaveValue('id');
    expect(screen.getByLabelText(/^Token URL\W*$/)).toHaveValue(
      'https://{{instance.tenant}}.acme.example/token',
    );
    await openAdvanced('Instance values');
    expect(screen.getByDisplayValue('contoso')).toBeInTheDocument();
  });

  it('of an unknown preset or a disabled grant leads back to the gallery', async () => {
    const api = apiStub({ listPresets: async () => ({ items: [ACME] }) });
    await renderPage(api, `${GALLERY}/nobody`);
    expect(
      await screen.findByText(/There is no preset for this provider\./),
    ).toBeInTheDocument();
    expect(button('View all providers')).toHaveAttribute(
      'href',
      '/datasource-auth/new',
    );
  });
});

describe('N9 the step Connected', () => {
  async function connect(
    methods: Partial<DatasourceAuthApi> = {},
    options: { teams?: string[] } = {},
  ) {
    const opened = await open(
      {
        createAuthorization: async () => granted(),
        testAuthorization: async () => CALL_OK,
        ...methods,
      },
      options,
    );
    await opened.user.click(button('An app'));
    await fill(ALL);
    await opened.user.click(button('Connect for everyone'));
    return opened;
  }

  it('S0.14 S0.15 tests by itself, shows account and scopes, and saves with the ticked plugins', async () => {
    const createDatasource = jest.fn(async () =>
      datasourceOf({ name: 'acme' }),
    );
    const { user, api, toasts } = await connect(
      { createDatasource, getDatasource: async () => datasourceOf() },
      { teams: ['group:default/platform'] },
    );
    const heading = await screen.findByRole('heading', {
      name: 'Connected as jane@example.com',
    });
    await waitFor(() => expect(heading).toHaveFocus());
    expect(api.testAuthorization).toHaveBeenCalledTimes(1);
    expect(
      screen.getByText('The test call succeeded · 3 scopes'),
    ).toBeInTheDocument();
    expect(screen.getByText(/no plugin can use it/)).toBeInTheDocument();
    await user.click(await screen.findByRole('option', { name: 'techdocs' }));
    expect(screen.queryByText(/no plugin can use it/)).not.toBeInTheDocument();
    await user.click(button('Save'));
    await waitFor(() => expect(createDatasource).toHaveBeenCalled());
    expect(createDatasource).toHaveBeenCalledWith(
      expect.objectContaining({
        name: 'acme',
        title: 'Acme',
        owner: 'group:default/platform',
        consumers: ['techdocs'],
        instance: { tenant: 'contoso' },
        credential: { action: 'replace', authorizationId: ATTEMPT_ID },
        authorizationId: ATTEMPT_ID,
      }),
    );
    await waitFor(() => expect(toasts).toEqual(['Acme is connected.']));
  });

  it('sets no owner for someone with several teams', async () => {
    await connect({}, { teams: ['group:default/a', 'group:default/b'] });
    await screen.findByRole('heading', { name: /^Connected as/ });
    expect(screen.queryByText(/^Owner/)).not.toBeInTheDocument();
  });

  it('keeps the credential if the name was taken meanwhile, and offers the next', async () => {
    const createDatasource = jest
      .fn()
      .mockRejectedValueOnce(apiError('name_taken', 409))
      .mockResolvedValueOnce(datasourceOf({ name: 'acme-2' }));
    const { user } = await connect({
      createDatasource,
      getDatasource: async () => datasourceOf(),
    });
    await screen.findByRole('heading', { name: /^Connected as/ });
    await user.click(button('Save'));
    await user.click(
      await screen.findByRole('button', { name: 'Save as acme-2' }),
    );
    await waitFor(() => expect(createDatasource).toHaveBeenCalledTimes(2));
    expect(createDatasource).toHaveBeenLastCalledWith(
      expect.objectContaining({
        name: 'acme-2',
        credential: { action: 'replace', authorizationId: ATTEMPT_ID },
      }),
    );
  });

  it('is reached only with a test call that works, unless the user says so', async () => {
    const { user } = await connect({
      testAuthorization: async () => ({
        ok: false,
        steps: [{ step: 'call', ok: false, message: 'GET /me: not found' }],
        status: 404,
        testedAt: Date.now(),
      }),
    });
    expect(await screen.findByText('GET /me: not found')).toBeInTheDocument();
    await waitFor(() => expect(input('Tenant ID')).toHaveFocus());
    await user.click(button('Continue without a working test call'));
    expect(
      await screen.findByRole('heading', {
        name: 'Connected, but the test call failed',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Account: jane@example.com · 3 scopes'),
    ).toBeInTheDocument();
  });

  it('leads back to the values and again to the step without another approval', async () => {
    const { user, api } = await connect();
    await screen.findByRole('heading', { name: /^Connected as/ });
    await user.click(button('Back'));
    expect(input('Client ID')).toHaveValue('id');
    await user.click(button('Continue'));
    await screen.findByRole('heading', { name: /^Connected as/ });
    expect(api.createAuthorization).toHaveBeenCalledTimes(1);
    await user.click(button('Back'));
    await fill({ 'Client ID': 'another' });
    await user.click(button('Connect for everyone'));
    await waitFor(() =>
      expect(api.createAuthorization).toHaveBeenCalledTimes(2),
    );
  });

  it('S0.13 is restored after a reload, with the secret', async () => {
    const createDatasource = jest.fn(async () => datasourceOf());
    const restored = granted({
      settings: {
        ...datasourceOf({
          name: 'acme',
          title: 'Acme',
          instance: { tenant: 'contoso' },
        }),
      },
    });
    const { user } = await open(
      {
        getAuthorization: async () => restored,
        testAuthorization: async () => CALL_OK,
        createDatasource,
      },
      { path: `${GALLERY}/acme?authorization=${ATTEMPT_ID}` },
    );
    await screen.findByRole('heading', { name: 'Connected, not tested' });
    await act(async () => {
      fireEvent.click(button('Save'));
    });
    await waitFor(() => expect(createDatasource).toHaveBeenCalled());
    expect(createDatasource).toHaveBeenCalledWith(
      expect.objectContaining({ authorizationId: ATTEMPT_ID }),
    );
    expect(user).toBeDefined();
  });

  it('N1 of a key is reached like any other, and saves the key itself', async () => {
    const createDatasource = jest.fn(async () => datasourceOf());
    const { user, api } = await open({
      createAuthorization: async () =>
        granted({ staged: { obtainedAt: 1, hasRefreshToken: false } }),
      testAuthorization: async () => CALL_OK,
      createDatasource,
    });
    await user.click(button('API key'));
    expect(input('API key')).toHaveAttribute('type', 'password');
    await fill({ 'Tenant ID': 'contoso', 'API key': 'k' });
    await user.click(button('Connect for everyone'));
    await screen.findByRole('heading', { name: 'Connected' });
    await user.click(button('Save'));
    await waitFor(() => expect(createDatasource).toHaveBeenCalled());
    expect(createDatasource).toHaveBeenCalledWith(
      expect.objectContaining({
        credential: { action: 'keep' },
        instance: {
          tenant: 'contoso',
          key: { secret: true, value: 'k' },
        },
      }),
    );
    expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
  });
});
