import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Preset } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  ATTEMPT_ID,
  authorizedStatus,
  datasourceOf,
  grantedOf,
  oauthOf,
} from '../__testUtils__/datasources';
import {
  button,
  field,
  fill,
  fillComplete,
  openAdvanced,
  panel,
} from '../__testUtils__/editorForm';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { renderPage } from '../__testUtils__/renderPage';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const NEW = '/datasource-auth/new/blank';

afterEach(() => jest.restoreAllMocks());

describe('a new datasource', () => {
  it('S0.5 S0.6 S0.7 S0.8 S0.9 shows the fields of authorization code, with their hints', async () => {
    await renderPage(apiStub(), NEW);
    expect(await field('Client ID')).toBeRequired();
    expect(screen.getByLabelText(/^Client secret\W*$/)).toHaveAttribute(
      'type',
      'password',
    );
    expect(await field('Authorize URL')).toHaveAccessibleDescription(
      'Usually ends with /authorize',
    );
    expect(await field('Token URL')).toHaveAccessibleDescription(
      'Usually ends with /token',
    );
    expect(await field('Scopes')).toHaveAccessibleDescription(/^Optional\./);
    expect(await field('Scopes')).not.toBeRequired();
  });

  it("keeps the line breaks of a service account's key, and requires no client", async () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Client ID');
    await user.click(button('JWT bearer'));
    await fill('Assertion key', pem);
    expect(await field('Assertion key')).toHaveValue(pem);
    expect(await field('Client ID')).not.toBeRequired();
    expect(
      panel().getAllByText('Fill in: Name, Assertion issuer, Token URL.'),
    ).not.toHaveLength(0);
  });

  it('N3 takes a pasted key file apart, and only shows the token URL in it (threats 39)', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Client ID');
    await user.click(button('JWT bearer'));
    await user.click(await field('Assertion key'));
    await user.paste(
      JSON.stringify({
        type: 'service_account',
        private_key: 'pem-of-the-file',
        private_key_id: 'k1',
        client_email: 'robot@example.com',
        token_uri: 'https://evil.example.com/token',
      }),
    );
    expect(await field('Assertion key')).toHaveValue('pem-of-the-file');
    expect(await field('Assertion key ID')).toHaveValue('k1');
    expect(await field('Assertion issuer')).toHaveValue('robot@example.com');
    expect(
      screen.getByText(/also names the token URL https:\/\/evil/),
    ).toBeInTheDocument();
    expect(await field('Token URL')).toHaveValue('');
  });

  it('S0.1 shows the three steps', async () => {
    await renderPage(apiStub(), NEW);
    const steps = within(
      await screen.findByRole('list', { name: 'Setup in three steps' }),
    );
    expect(
      steps.getAllByRole('listitem').map(step => step.textContent),
    ).toEqual([
      'Register the application at the provider.',
      'Enter the client ID and secret or key you receive.',
      'Get the credential, then save.',
    ]);
  });

  it('S0.11 S0.25 lists what is missing and disables the button, which stays focusable', async () => {
    const { open } = fakeProviderWindow();
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Client ID');
    expect(panel().getByText('NOT CONFIGURED')).toBeInTheDocument();
    const get = button('Get new credential (opens a new window)');
    expect(get).toHaveAttribute('aria-disabled', 'true');
    expect(get).toBeEnabled();
    expect(get).toHaveAccessibleDescription(
      'Fill in: Name, Client ID, Client secret, Authorize URL, Token URL.',
    );
    await user.click(get);
    expect(open).not.toHaveBeenCalled();
  });

  it('S0.24 is NOT AUTHORIZED once everything is filled in', async () => {
    await renderPage(apiStub(), NEW);
    await fillComplete('authorization_code');
    expect(panel().getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText('No credential yet.')).toBeInTheDocument();
    expect(
      button('Get new credential (opens a new window)'),
    ).not.toHaveAttribute('aria-disabled');
  });

  it('S0.10 suggests offline_access with OpenID Connect, and adds it', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Scopes');
    expect(
      screen.queryByRole('button', { name: 'Add offline_access' }),
    ).not.toBeInTheDocument();
    await fill('Scopes', 'openid profile');
    await user.click(button('Add offline_access'));
    expect(await field('Scopes')).toHaveValue('openid profile offline_access');
    expect(
      screen.queryByRole('button', { name: 'Add offline_access' }),
    ).not.toBeInTheDocument();
  });

  it('offers the scopes of the preset for the provider, with what they mean', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(
      apiStub({
        listPresets: async () => ({
          items: [
            {
              ways: ['authorization_code'],
              settings: {
                auth: { token: { url: 'https://login.example.com/token' } },
              },
              variants: {},
              registration: {
                steps: [],
                scopes: [{ scope: 'things', description: 'Read things' }],
              },
            } as unknown as Preset,
          ],
        }),
      }),
      '/datasource-auth/new/blank',
    );
    await fill('Token URL', 'https://login.example.com/token');
    const things = await screen.findByRole('checkbox', { name: 'things' });
    expect(things).toHaveAccessibleDescription('Read things');
    await user.click(things);
    expect(await field('Scopes')).toHaveValue('things');
    await fill('Scopes', 'own');
    expect(screen.getByRole('checkbox', { name: 'own' })).toBeChecked();
    expect(things).not.toBeChecked();
  });

  it('S4.9 replaces commas between scopes on demand', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Scopes');
    await fill('Scopes', 'read,write');
    await user.tab();
    expect(
      await screen.findByText(
        'Separate scopes with spaces and remove the comma.',
      ),
    ).toBeInTheDocument();
    await user.click(button('Replace commas with spaces'));
    expect(await field('Scopes')).toHaveValue('read write');
  });

  it('S3.12 S4.8 shows the redirect URI to copy, exactly, with its trailing slash', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    const uri = await field('Redirect URI');
    expect(uri).toHaveValue('https://backstage.example.com/oauth/callback/');
    expect(uri).toHaveAttribute('readonly');
    expect(uri).toHaveAccessibleDescription(
      'The provider sends the browser back to this URI after approval. Register this exact URI at the provider, including any final slash.',
    );
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      screen.getAllByRole('button', { name: 'Copy Redirect URI' })[0],
    );
    expect(write).toHaveBeenCalledWith(
      'https://backstage.example.com/oauth/callback/',
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Redirect URI copied',
      ),
    );
  });

  it("S4.8 shows the datasource's own redirect URI, with a trailing slash if the shared one has it", async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Title');
    await fill('Title', 'Salesforce CRM');
    await openAdvanced('Authorization response');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Redirect URI type' }),
      'own',
    );
    expect(await field('Redirect URI')).toHaveValue(
      'https://backstage.example.com/oauth/callback/salesforce-crm/',
    );
  });

  it('S3.6 derives the name from the title until it is edited', async () => {
    await renderPage(apiStub(), NEW);
    await field('Title');
    await fill('Title', 'Größe & Co: CRM');
    expect(await field('Name')).toHaveValue('gro-e-co-crm');
    await fill('Name', 'crm');
    await fill('Title', 'Other');
    expect(await field('Name')).toHaveValue('crm');
  });

  it('S0.4 S3.8 S1.4 S2.5 shows the grant choice above the other settings, and keeps input when it changes', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    expect(
      await screen.findByRole('heading', { name: 'Authentication' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await field('Client ID');
    await fill('Client ID', 'backstage');
    await fill('Authorize URL', 'https://login.example.com/authorize');
    await user.click(button('Password'));
    expect(
      screen.queryByRole('textbox', { name: 'Authorize URL' }),
    ).not.toBeInTheDocument();
    expect(await field('Username')).toBeInTheDocument();
    expect(await field('Client ID')).toHaveValue('backstage');
    await user.click(button('Authorization code'));
    expect(await field('Authorize URL')).toHaveValue(
      'https://login.example.com/authorize',
    );
  });

  it('S1.6 requires and saves no client ID if only the secret is sent', async () => {
    const user = userEvent.setup({ delay: null });
    const createDatasource = jest.fn(async () => datasourceOf());
    await renderPage(apiStub({ createDatasource }), NEW);
    const omit = () =>
      screen.queryByRole('checkbox', {
        name: 'No client ID: send only the secret, as the username of the Basic header',
      });
    await field('Client ID');
    expect(omit()).not.toBeInTheDocument();
    await fillComplete('client_credentials');
    await user.click(omit()!);
    expect(await field('Client ID')).toBeDisabled();
    expect(await field('Client ID')).toHaveValue('');
    expect(await field('Client ID')).not.toBeRequired();
    expect(panel().getByText('NOT AUTHORIZED')).toBeInTheDocument();
    await user.click(button('Save'));
    await waitFor(() =>
      expect(createDatasource).toHaveBeenCalledWith(
        expect.objectContaining({
          auth: expect.objectContaining({ clientId: '', clientSecret: 'hush' }),
        }),
      ),
    );
  });

  it('S1.6 requires the client ID again if the secret is sent in the body', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await fillComplete('client_credentials');
    await user.click(screen.getByRole('checkbox', { name: /^No client ID/ }));
    await openAdvanced('Client authentication');
    await user.selectOptions(
      await screen.findByRole('combobox', { name: 'Client authentication' }),
      'client_secret_post',
    );
    expect(await field('Client ID')).toBeEnabled();
    expect(await field('Client ID')).toBeRequired();
    expect(panel().getByText('NOT CONFIGURED')).toBeInTheDocument();
    expect(
      screen.queryByRole('checkbox', { name: /^No client ID/ }),
    ).not.toBeInTheDocument();
  });

  it('S2.1 warns when the password grant is acceptable', async () => {
    const user = userEvent.setup({ delay: null });
    await renderPage(apiStub(), NEW);
    await field('Client ID');
    expect(
      screen.queryByText(/^Use this grant only if you control both/),
    ).not.toBeInTheDocument();
    await user.click(button('Password'));
    expect(
      screen.getByText(
        /^Use this grant only if you control both the client and the API/,
      ),
    ).toBeInTheDocument();
  });

  it('S2.1 does not offer the password grant if it is disabled', async () => {
    const api = apiStub({
      getHealth: async () => ({
        callbackUrl: '',
        passwordGrantEnabled: false,
        checks: [],
      }),
    });
    await renderPage(api, NEW);
    await field('Client ID');
    expect(button('Client credentials')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Password' }),
    ).not.toBeInTheDocument();
  });

  it('S3.10 S3.11 S3.13 S3.15-S3.19 shows the advanced settings with their defaults', async () => {
    await renderPage(apiStub(), NEW);
    await field('Client ID');
    await openAdvanced(
      'Authorization request',
      'Client authentication',
      'Token request',
      'Token response',
    );
    const combo = (name: string) => screen.getByRole('combobox', { name });
    expect(combo('Authorize method')).toHaveDisplayValue('GET');
    expect(combo('Token method')).toHaveDisplayValue('POST');
    expect(combo('Client authentication')).toHaveDisplayValue('Basic header');
    expect(
      within(combo('Client authentication')).getByRole('option', {
        name: 'Client ID and secret in the request body',
      }),
    ).toBeInTheDocument();
    expect(combo('Token request content type')).toHaveDisplayValue(/^Form/);
    expect(await field('Resource')).toHaveValue('');
    expect(await field('Access token property')).toHaveValue('access_token');
    expect(await field('Expires in property')).toHaveValue('expires_in');
    expect(await field('Refresh token property')).toHaveValue('refresh_token');
  });

  it('S4.12 sends extra parameters and headers, marks secret ones, and counts changed settings', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({ createAuthorization: async () => grantedOf() });
    await renderPage(api, NEW);
    await fillComplete('client_credentials');
    await openAdvanced('Token request');
    await user.click(button('Add to Extra token headers'));
    await fill('Extra token headers: name 1', 'X-Api-Key');
    await user.click(
      screen.getByRole('checkbox', {
        name: 'Extra token headers: 1 is secret',
      }),
    );
    await user.click(screen.getByLabelText('Extra token headers: value 1'));
    await user.paste('hush-hush');
    expect(
      screen
        .getAllByLabelText('1 value differs from the default')
        .map(({ textContent }) => textContent),
    ).toEqual(['1', '1']);
    await user.click(button('Get access token'));
    await waitFor(() => expect(api.createAuthorization).toHaveBeenCalled());
    expect(
      oauthOf(api.createAuthorization.mock.calls[0][0].settings!).token
        ?.headers,
    ).toEqual({
      'X-Api-Key': { secret: true, value: 'hush-hush' },
    });
    expect(
      screen.getByLabelText('Extra token headers: value 1'),
    ).toHaveAttribute('type', 'password');
  });

  it('S0.14 S0.15 S3.21 S3.23 S4.14 S4.15 shows AUTHORIZED before Save, and saves settings and credential together', async () => {
    fakeProviderWindow();
    const saved = datasourceOf({ status: authorizedStatus() });
    const api = apiStub({
      createAuthorization: async () =>
        grantedOf({
          status: 'pending',
          staged: undefined,
          startUrl: 'https://b.example.com/start',
          ticket: 't',
        }),
      getAuthorization: async () => grantedOf(),
      createDatasource: async () => saved,
      getDatasource: async () => saved,
    });
    const { toasts } = await renderPage(api, NEW);
    const user = await fillComplete('authorization_code');
    await user.click(button('Get new credential (opens a new window)'));
    expect(
      await panel().findByText(
        /Waiting for you to approve in the other window\./,
      ),
    ).toBeInTheDocument();
    expect(button('Cancel')).toBeInTheDocument();
    expect(button('Open again')).toBeInTheDocument();
    expect(button('Continue in this tab')).toBeInTheDocument();

    expect(await panel().findByText('AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText('Not saved')).toBeInTheDocument();
    expect(
      panel().getByText('Credential obtained. Save to start using it.'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Credential obtained. Save to start using it.',
      ),
    );
    expect(
      screen.getByRole('heading', { name: 'Authorization' }),
    ).toHaveFocus();
    expect(
      panel().getByText('alice@corp.example (from ID token)'),
    ).toBeInTheDocument();
    expect(panel().getByText('received')).toBeInTheDocument();
    expect(api.createDatasource).not.toHaveBeenCalled();
    expect(screen.getByText(/^Unsaved: .*credential$/)).toBeInTheDocument();

    await user.click(button('Save'));
    expect(
      await screen.findByRole('heading', { name: 'Salesforce CRM' }),
    ).toBeInTheDocument();
    expect(api.createDatasource).toHaveBeenCalledTimes(1);
    expect(api.createDatasource.mock.calls[0][0]).toMatchObject({
      name: 'salesforce-crm',
      credential: { action: 'replace', authorizationId: ATTEMPT_ID },
      authorizationId: ATTEMPT_ID,
    });
    expect(toasts).toEqual([
      expect.stringMatching(
        /^Saved\. AUTHORIZED · valid until (\w+ \d+, (\d{4}, )?)?\d\d:\d\d\.$/,
      ),
    ]);
  });

  it('S1.4-S1.11 S1.13 gets an access token inline, shows its expiry, and saves it', async () => {
    const saved = datasourceOf(
      { status: authorizedStatus() },
      'client_credentials',
    );
    const api = apiStub({
      createAuthorization: async () => grantedOf(),
      createDatasource: async () => saved,
      getDatasource: async () => saved,
    });
    await renderPage(api, NEW);
    const user = await fillComplete('client_credentials');
    await user.click(button('Get access token'));
    expect(
      await panel().findByText(/^Valid access token – until/),
    ).toHaveTextContent(/until (\w+ \d+, (\d{4}, )?)?\d\d:\d\d$/);
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(api.createAuthorization.mock.calls[0][0].settings).toEqual({
      name: 'salesforce-crm',
      title: 'Salesforce CRM',
      auth: {
        grantType: 'client_credentials',
        clientId: 'backstage',
        clientSecret: 'hush',
        token: { url: 'https://login.example.com/token' },
      },
    });
    await user.click(button('Save'));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/datasource-auth/salesforce-crm',
      ),
    );
    expect(api.createDatasource.mock.calls[0][0].credential).toEqual({
      action: 'replace',
      authorizationId: ATTEMPT_ID,
    });
  });

  it('S2.5 S2.6 S2.7 S2.9 gets the access token with Test connection, and saves it', async () => {
    const saved = datasourceOf({ status: authorizedStatus() }, 'password');
    const api = apiStub({
      createAuthorization: async () => grantedOf(),
      testAuthorization: async () => ({
        ok: true,
        steps: [
          { step: 'settings', ok: true, message: 'Complete.' },
          { step: 'token', ok: true, message: 'Obtained.' },
        ],
        status: 200,
        contentType: 'application/json',
        size: 312,
        duration: 34,
        testedAt: 1,
      }),
      createDatasource: async () => saved,
      getDatasource: async () => saved,
    });
    await renderPage(api, NEW);
    const user = await fillComplete('password');
    await user.click(button('Test connection'));
    expect(
      await panel().findByText(/^Valid access token – until/),
    ).toBeInTheDocument();
    const result = within(
      await screen.findByRole('region', { name: 'Connection test' }),
    );
    expect(result.getAllByRole('img', { name: 'passed' })).toHaveLength(2);
    expect(
      result.getByText('HTTP 200 · application/json · 312 bytes · 34 ms'),
    ).toBeInTheDocument();
    expect(
      api.createAuthorization.mock.calls[0][0].settings?.auth,
    ).toMatchObject({
      grantType: 'password',
      username: 'svc',
      password: 'secret of svc',
    });
    await user.click(button('Save'));
    await waitFor(() => expect(api.createDatasource).toHaveBeenCalled());
    expect(api.createDatasource.mock.calls[0][0].credential).toMatchObject({
      action: 'replace',
    });
  });

  it('S4.17 shows what failed and applies a suggested fix to the form', async () => {
    const api = apiStub({
      createAuthorization: async () =>
        grantedOf({
          status: 'failed',
          staged: undefined,
          error: {
            code: 'invalid_client',
            title: 'Client ID or secret not accepted',
            cause: 'The provider may expect them in the body.',
            remedy: 'Re-enter the client secret.',
            texts: NO_TEXTS,
            retryable: false,
            details: {
              host: 'login.example.com',
              status: 401,
              errorDescription: '<b>bad client</b>',
            },
            fix: { set: { 'auth.clientAuthentication': 'client_secret_post' } },
          },
        }),
    });
    await renderPage(api, NEW);
    const user = await fillComplete('client_credentials');
    await user.click(button('Get access token'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Client ID or secret not accepted');
    expect(alert).toHaveTextContent(
      'Likely cause: The provider may expect them in the body.',
    );
    expect(alert).toHaveTextContent('What to do: Re-enter the client secret.');
    expect(alert).toHaveTextContent('provider says: "<b>bad client</b>"');
    expect(panel().getByText('ERROR')).toBeInTheDocument();
    await user.click(
      button(
        'Switch and retry: Client authentication = Client ID and secret in the request body',
      ),
    );
    await openAdvanced('Client authentication');
    expect(
      screen.getByRole('combobox', { name: 'Client authentication' }),
    ).toHaveValue('client_secret_post');
    await waitFor(() =>
      expect(api.createAuthorization).toHaveBeenCalledTimes(2),
    );
    const [first, second] = api.createAuthorization.mock.calls.map(
      ([{ settings }]) => oauthOf(settings!).clientAuthentication,
    );
    expect(first).not.toBe('client_secret_post');
    expect(second).toBe('client_secret_post');
  });

  it('does not suggest a way of sending the secret that has already failed', async () => {
    const others: Record<string, string> = {
      client_secret_basic: 'client_secret_basic_raw',
      client_secret_basic_raw: 'client_secret_basic',
    };
    const api = apiStub({
      createAuthorization: async ({ settings }) => {
        const { clientAuthentication = 'client_secret_basic' } = oauthOf(
          settings!,
        );
        return grantedOf({
          status: 'failed',
          staged: undefined,
          error: {
            code: 'invalid_client',
            title: 'Client ID or secret not accepted',
            cause: `Not with ${clientAuthentication}.`,
            remedy: 'Re-enter the client secret.',
            texts: NO_TEXTS,
            retryable: false,
            details: {},
            fix: {
              set: {
                'auth.clientAuthentication': others[clientAuthentication],
              },
            },
          },
        });
      },
    });
    await renderPage(api, NEW);
    const user = await fillComplete('client_credentials');
    await user.click(button('Get access token'));
    await user.click(
      await screen.findByRole('button', { name: /^Switch and retry/ }),
    );
    await screen.findByText(/Not with client_secret_basic_raw/);
    expect(
      screen.queryByRole('button', { name: /^Switch and retry/ }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByText(/^Already tried, and failed too: Client authentication/),
    ).toBeInTheDocument();
  });

  it("shows the provider's message directly if nothing else explains the failure", async () => {
    const api = apiStub({
      createAuthorization: async () =>
        grantedOf({
          status: 'failed',
          staged: undefined,
          error: {
            code: 'provider_error',
            title: 'The provider reported an error',
            cause: 'The provider returned 200, but reported an error.',
            remedy: 'Read what the provider says.',
            texts: NO_TEXTS,
            retryable: false,
            details: { errorDescription: 'Only two apps are allowed' },
          },
        }),
    });
    await renderPage(api, NEW);
    const user = await fillComplete('client_credentials');
    await user.click(button('Get access token'));
    const says = await screen.findByText(
      'provider says: "Only two apps are allowed"',
    );
    expect(says.closest('details')).toBeNull();
  });

  it('S4.17 links to the scopes if the provider rejects one', async () => {
    const api = apiStub({
      createAuthorization: async () =>
        grantedOf({
          status: 'failed',
          staged: undefined,
          error: {
            code: 'invalid_scope',
            title: 'The provider rejected a scope',
            cause: 'Requested: read',
            remedy: 'Check spelling.',
            texts: NO_TEXTS,
            retryable: false,
            details: {},
          },
        }),
    });
    await renderPage(api, NEW);
    const user = await fillComplete('client_credentials');
    await user.click(button('Get access token'));
    await user.click(
      await screen.findByRole('button', { name: 'Edit scopes' }),
    );
    expect(screen.getByRole('textbox', { name: 'Scopes' })).toHaveFocus();
  });

  it('offers to continue in this tab if the browser blocks the window', async () => {
    fakeProviderWindow({ blocked: true });
    await renderPage(apiStub(), NEW);
    const user = await fillComplete('authorization_code');
    await user.click(button('Get new credential (opens a new window)'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Your browser blocked the window. Continue in this tab',
    );
  });

  it('picks the owner from the users and groups of the catalog', async () => {
    const queryEntities = jest.fn(async () => ({
      items: [
        {
          kind: 'Group',
          metadata: { name: 'platform', namespace: 'default' },
          spec: { profile: { displayName: 'Platform Team' } },
        },
        { kind: 'User', metadata: { name: 'plato', namespace: 'default' } },
      ],
    }));
    await renderPage(apiStub(), NEW, [[catalogApiRef, { queryEntities }]]);
    const user = userEvent.setup({ delay: null });
    const owner = screen.getByLabelText('Owner');
    await user.type(owner, 'group:default/plat');
    await waitFor(() =>
      expect(queryEntities).toHaveBeenLastCalledWith(
        expect.objectContaining({ fullTextFilter: { term: 'plat' } }),
      ),
    );
    const offered = () =>
      screen.getAllByRole('option').filter(option => !option.closest('select'));
    expect(offered().map(({ textContent }) => textContent)).toEqual([
      'Platform Teamgroup:default/platform',
      'user:default/plato',
    ]);
    expect(owner).toHaveValue('group:default/plat');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(owner).toHaveValue('group:default/platform');
    expect(offered()).toEqual([]);
  });

  it('says why Save is disabled', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub();
    await renderPage(api, NEW);
    await field('Client ID');
    await fill('Client ID', 'backstage');
    expect(button('Save')).toHaveAccessibleDescription('Enter a name');
    await user.click(button('Save'));
    expect(api.createDatasource).not.toHaveBeenCalled();
  });

  it('summarizes the errors, moves the focus there, and opens Advanced for an error inside', async () => {
    const user = userEvent.setup({ delay: null });
    const api = apiStub({
      createDatasource: async () => {
        throw apiError('invalid_request', 400, {
          fields: { 'auth.response.keep.0': 'Remove this property' },
        });
      },
    });
    await renderPage(api, NEW);
    await fill('Title', 'CRM');
    await fill('Token URL', 'login');
    await user.click(button('Save'));
    const heading = await screen.findByRole('heading', {
      name: '1 field needs attention',
    });
    expect(heading).toHaveFocus();
    expect(await field('Token URL')).toBeInvalid();
    await user.click(
      screen.getByRole('link', { name: /^Token URL: Enter an absolute URL/ }),
    );
    expect(await field('Token URL')).toHaveFocus();

    await fill('Token URL', 'https://login.example.com/token');
    await user.click(button('Save'));
    expect(await field('Extra response fields for plugins')).toBeInvalid();
    expect(
      await field('Extra response fields for plugins'),
    ).toHaveAccessibleDescription('Remove this property');
  });

  it('copies a datasource without its secrets', async () => {
    const api = apiStub({ getDatasource: async () => datasourceOf() });
    await renderPage(api, `${NEW}?from=salesforce-crm`);
    expect(await field('Name')).toHaveValue('salesforce-crm-copy');
    expect(await field('Token URL')).toHaveValue(
      'https://login.example.com/token',
    );
    expect(screen.getByLabelText(/^Client secret\W*$/)).toHaveValue('');
    expect(
      button('Get new credential (opens a new window)'),
    ).toHaveAccessibleDescription('Fill in: Client secret.');
  });
});
