import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import {
  ATTEMPT_ID,
  authorizedStatus,
  datasourceOf,
  grantedOf,
  settingsOf,
  statusOf,
  oauthOf,
} from '../__testUtils__/datasources';
import {
  button,
  field,
  fill,
  openAdvanced,
  panel,
} from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';
import { NO_TEXTS } from '../__testUtils__/noTexts';

const EDIT = '/datasource-auth/salesforce-crm/edit';

function editing(part: Parameters<typeof datasourceOf>[0] = {}, methods = {}) {
  const datasource = datasourceOf(part);
  return apiStub({
    getDatasource: async () => datasource,
    updateDatasource: async () => datasource,
    ...methods,
  });
}

describe('a saved datasource', () => {
  it("S0.22 S0.23 S3.22 shows the status marker, the token's expiry, and the evidence", async () => {
    const status = authorizedStatus({ verifiedAt: Date.now() - 7_200_000 });
    await renderPage(editing({ status }), EDIT);
    await field('Client ID');
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(panel().queryByText('Not saved')).not.toBeInTheDocument();
    const validity = panel().getAllByText(/^Valid until/);
    expect(validity.map(element => element.textContent)).toContainEqual(
      expect.stringMatching(
        /^Valid until (\w+ \d+, (\d{4}, )?)?\d\d:\d\d \(in/,
      ),
    );
    expect(validity).toHaveLength(1);
    expect(panel().getByText(/^Verified/)).toHaveTextContent(
      'Verified 2 hr. ago',
    );
    expect(panel().getByText('Renews by itself')).toBeInTheDocument();
  });

  it('N10: has nothing to authorize where each person connects', async () => {
    const status = statusOf({ state: 'PER_USER', reasonCode: 'per_user' });
    const user = userEvent.setup({ delay: null });
    await renderPage(editing({ subjects: 'user', status }), EDIT);
    await field('Client ID');
    expect(
      await screen.findByText(/People connect after you save\.$/),
    ).toBeInTheDocument();
    expect(panel().getByText('Each person connects')).toBeInTheDocument();
    expect(
      panel().getByRole('link', {
        name: 'Connect your own account in My connections',
      }),
    ).toHaveAttribute(
      'href',
      '/datasource-auth/connections?datasource=salesforce-crm',
    );
    expect(
      panel().queryByRole('button', { name: /credential|Connect/ }),
    ).not.toBeInTheDocument();
    expect(panel().getByText(/oauth\/callback/)).toBeInTheDocument();
    await user.clear(await field('Client ID'));
    expect(await panel().findByText('Fill in: Client ID.')).toBeInTheDocument();
    expect(panel().getByText('NOT CONFIGURED')).toBeInTheDocument();
  });

  it("S0.27 says that AUTHORIZED isn't tested until it is", async () => {
    await renderPage(editing({ status: authorizedStatus() }), EDIT);
    await field('Client ID');
    expect(
      panel().getByText(
        'AUTHORIZED means that a credential is stored. Test the connection to verify it.',
      ),
    ).toBeInTheDocument();
  });

  it("doesn't ask a client with a private key for a client secret", async () => {
    const datasource = datasourceOf();
    datasource.auth.clientAuthentication = 'private_key_jwt';
    datasource.auth.clientSecret = undefined;
    await renderPage(apiStub({ getDatasource: async () => datasource }), EDIT);
    await field('Client ID');
    expect(screen.queryByText(/client secret/i)).not.toBeInTheDocument();
    expect(screen.queryByLabelText(/client secret/i)).not.toBeInTheDocument();
    expect(screen.getByLabelText('Secret or key expires on')).toBeVisible();
  });

  it.each([
    ['openid', ['{{instance.login}}'], 1],
    ['offline_access, too', ['{{instance.login}}', '{{instance.renew}}'], 0],
  ])(
    'compares scopes by their filled templates: %s',
    async (_, scopes, offers) => {
      const datasource = datasourceOf();
      datasource.instance = { login: 'openid', renew: 'offline_access' };
      datasource.auth.scopes = scopes;
      const api = apiStub({ getDatasource: async () => datasource });
      await renderPage(api, EDIT);
      await field('Client ID');
      expect(
        screen.queryAllByRole('button', { name: 'Add offline_access' }),
      ).toHaveLength(offers);
    },
  );

  it('S4.17 applies a fix without a retry if the saved settings failed', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      { status: authorizedStatus() },
      {
        testDatasource: async () => ({
          ok: false,
          steps: [
            {
              step: 'token',
              ok: false,
              message: 'No token.',
              diagnosis: {
                code: 'invalid_client',
                title: 'Client ID or secret not accepted',
                cause: 'It is in another place.',
                remedy: 'Change it.',
                texts: NO_TEXTS,
                retryable: false,
                details: {},
                fix: {
                  set: { 'auth.clientAuthentication': 'client_secret_post' },
                },
              },
            },
          ],
          testedAt: 1,
        }),
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await user.click(button('Test connection'));
    await user.click(
      await screen.findByRole('button', {
        name: 'Apply: Client authentication = Client ID and secret in the request body',
      }),
    );
    await openAdvanced('Client authentication');
    expect(
      screen.getByRole('combobox', { name: 'Client authentication' }),
    ).toHaveValue('client_secret_post');
    expect(api.testDatasource).toHaveBeenCalledTimes(1);
    expect(api.createAuthorization).not.toHaveBeenCalled();
  });

  it('S0.18 S0.19 S0.20 S0.21 clears only on Save, keeps the settings, and can be undone', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing({ status: authorizedStatus() });
    await renderPage(api, EDIT);
    await field('Client ID');
    await user.click(button('Clear credential…'));
    const dialog = within(
      screen.getByRole('dialog', { name: 'Clear the credential?' }),
    );
    expect(
      dialog.getByText(
        'This deletes the stored tokens of Salesforce CRM. Your settings are kept. Takes effect when you save.',
      ),
    ).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Keep credential' }),
    ).toHaveFocus();
    expect(
      dialog.getByRole('checkbox', {
        name: 'Also ask the provider to revoke the tokens.',
      }),
    ).not.toBeChecked();
    await user.click(dialog.getByRole('button', { name: 'Clear credential' }));

    expect(await panel().findByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText('Not saved')).toBeInTheDocument();
    expect(
      panel().getByText(
        'The stored credential will be deleted when you save. Your settings are kept.',
      ),
    ).toBeInTheDocument();
    expect(await field('Client ID')).toHaveValue('backstage');
    expect(api.clearCredential).not.toHaveBeenCalled();

    await user.click(button('Undo clear'));
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(button('Save')).toHaveAccessibleDescription('No changes to save');

    await user.click(button('Clear credential…'));
    await user.click(
      await screen.findByRole('button', { name: 'Clear credential' }),
    );
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
    const [name, body, options] = api.updateDatasource.mock.calls[0];
    expect([name, options]).toEqual(['salesforce-crm', { version: 3 }]);
    expect(body.credential).toEqual({ action: 'clear', revoke: false });
    expect(oauthOf(body).token?.url).toBe('https://login.example.com/token');
  });

  it('S0.17 offers to authorize again, and says since when it is needed', async () => {
    const status = authorizedStatus({
      state: 'NOT_AUTHORIZED',
      reasonCode: 'refused',
      lastError: {
        code: 'invalid_grant',
        title: 'Refused',
        at: Date.now() - 3_600_000,
        attempts: 1,
      },
    });
    await renderPage(editing({ status }), EDIT);
    await field('Client ID');
    expect(panel().getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(
      panel().getByText(
        /The provider no longer accepts the stored credential\. Get a new one\./,
      ),
    ).toHaveTextContent('Since 1 hr. ago. 1 plugin is affected.');
    expect(
      button('Get new credential (opens a new window)'),
    ).toBeInTheDocument();
  });

  it.each<[string, Partial<DatasourceStatus>]>([
    [
      'No credential yet. Client ID or secret not accepted.',
      {
        lastError: {
          code: 'invalid_client',
          title: 'Client ID or secret not accepted',
          at: Date.now(),
          attempts: 1,
        },
      },
    ],
    [
      'The settings have changed. Get a new credential.',
      { reasonCode: 'settings_changed' },
    ],
  ])('S0.24 says why no credential is stored: "%s"', async (text, status) => {
    await renderPage(editing({ status: statusOf(status) }), EDIT);
    await field('Client ID');
    expect(panel().getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText(text)).toBeInTheDocument();
  });

  it('S0.26 explains an ERROR in place', async () => {
    const status = authorizedStatus({
      state: 'ERROR',
      reasonCode: 'renewal_failing',
      reason: 'Token endpoint unavailable (3 attempts).',
      lastError: {
        code: 'http_503',
        title: 'Token endpoint unavailable',
        cause: 'The provider has a problem.',
        remedy: 'Wait, then try again.',
        at: Date.now(),
        attempts: 3,
      },
    });
    await renderPage(editing({ status }), EDIT);
    await field('Client ID');
    expect(panel().getByText('ERROR')).toBeInTheDocument();
    expect(panel().getByText('Token endpoint unavailable')).toBeInTheDocument();
    expect(
      panel().getByText(/^Plugins use the last token until/),
    ).toBeInTheDocument();
  });

  it('shows a stored secret as set, never its value, and sends it only if replaced', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing();
    await renderPage(api, EDIT);
    await field('Client ID');
    expect(
      screen.getByRole('group', { name: /^Client secret, set .*, not shown$/ }),
    ).toHaveTextContent(/•••• set .+ by jane/);
    await fill('Title', 'CRM');
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
    expect(api.updateDatasource.mock.calls[0][1].auth).not.toHaveProperty(
      'clientSecret',
    );
  });

  it('replaces a stored secret, and can reveal only the new input', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing();
    await renderPage(api, EDIT);
    await field('Client ID');
    await user.click(button('Replace Client secret'));
    await fill('Client secret', 'new one');
    const show = button('Show Client secret');
    expect(show).toHaveAttribute('aria-pressed', 'false');
    await user.click(show);
    expect(screen.getByRole('textbox', { name: 'Client secret' })).toHaveValue(
      'new one',
    );
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
    expect(oauthOf(api.updateDatasource.mock.calls[0][1]).clientSecret).toBe(
      'new one',
    );
  });

  it('asks for the secret again if it would be sent to another server', async () => {
    const user = userEvent.setup({ delay: null });
    const message =
      'Re-enter the secret. It was saved for login.example.com and is not sent to a different server.';
    const api = editing(
      {},
      {
        updateDatasource: async () => {
          throw apiError('secrets_required', 400, {
            message: 'Secrets',
            fields: { 'auth.clientSecret': message },
          });
        },
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Token URL', 'https://evil.example.com/token');
    await user.click(button('Save'));
    expect(
      await screen.findByRole('link', { name: `Client secret: ${message}` }),
    ).toBeInTheDocument();
  });

  it("threats 1: says before Save that a stored secret isn't sent to another server", async () => {
    await renderPage(editing(), EDIT);
    await field('Client ID');
    const message =
      'Re-enter the secret. It was saved for login.example.com and is not sent to a different server.';
    expect(screen.queryByText(message)).not.toBeInTheDocument();
    await fill('Token URL', 'https://evil.example.com/token');
    expect(screen.getByText(message)).toBeInTheDocument();
    await userEvent.click(button('Replace Client secret'));
    expect(screen.queryByText(message)).not.toBeInTheDocument();
    await userEvent.click(button('Keep the stored value'));
    expect(screen.getByText(message)).toBeInTheDocument();
    await fill('Token URL', 'https://login.example.com/token');
    expect(screen.queryByText(message)).not.toBeInTheDocument();
  });

  it('shows the consequences and the affected consumers before Save, and saves only after confirmation', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      { status: authorizedStatus() },
      {
        getImpact: async () => ({
          consumers: ['techdocs', 'search', 'catalog', 'cost', 'todo'].map(
            plugin => ({ plugin, handOuts24h: 3 }),
          ),
          handOuts24h: 15,
        }),
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Base URL', 'https://elsewhere.example.com');
    expect(
      panel().getByText(
        "If you save now, plugins can't get tokens until you get a new credential.",
      ),
    ).toBeInTheDocument();
    await user.click(button('Save'));
    const dialog = await screen.findByRole('dialog', {
      name: 'Save these changes?',
    });
    expect(dialog).toHaveAccessibleDescription(
      "After you save: Plugins can't get tokens until you get a new credential, because you changed Base URL Used in the last 24 hours by techdocs, search, catalog, and 2 more (15 times).",
    );
    expect(api.updateDatasource).not.toHaveBeenCalled();
    await user.click(
      within(dialog).getByRole('button', { name: 'Keep editing' }),
    );
    await user.click(button('Save'));
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Save',
      }),
    );
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
  });

  it('saves without confirmation if there are no consequences', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing({ status: authorizedStatus() });
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'Another title');
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
    expect(api.getImpact).not.toHaveBeenCalled();
  });

  it('S4.16 marks the credential as outdated when the token URL changes, and names the change', async () => {
    await renderPage(editing({ status: authorizedStatus() }), EDIT);
    await field('Client ID');
    await fill('Token URL', 'https://login.example.com/v2/token');
    expect(panel().getByText('NOT AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText('Not saved')).toBeInTheDocument();
    expect(
      panel().getByText(
        'You changed the Token URL. The credential belongs to the old value.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Unsaved: Token URL')).toBeInTheDocument();
  });

  it('keeps the credential when scopes change, and says that it has the old ones', async () => {
    await renderPage(editing({ status: authorizedStatus() }), EDIT);
    await field('Client ID');
    await fill('Scopes', 'read write');
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText(/^You changed the scopes\./)).toBeInTheDocument();
  });

  it('on a conflict, keeps my changes on top of the other version', async () => {
    const user = userEvent.setup({ delay: null });
    const theirs = datasourceOf({
      version: 7,
      title: 'Their title',
      description: 'Theirs',
      updatedAt: Date.now() - 120_000,
    });
    const reads = [datasourceOf(), theirs];
    const api = editing(
      {},
      {
        getDatasource: async () => reads.shift() ?? theirs,
        updateDatasource: jest
          .fn()
          .mockRejectedValueOnce(apiError('version_conflict', 412))
          .mockResolvedValue(theirs),
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'My title');
    await user.click(button('Save'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('jane saved changes 2 min. ago.');
    expect(alert).toHaveTextContent(
      'Title: yours My title – theirs Their title',
    );
    expect(alert).toHaveTextContent('Description: yours empty – theirs Theirs');
    await user.click(button('Keep mine'));
    expect(await field('Title')).toHaveValue('My title');
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(2));
    expect(api.updateDatasource.mock.calls[1][2]).toEqual({ version: 7 });
    expect(api.updateDatasource.mock.calls[1][1].title).toBe('My title');
  });

  it("on a conflict, takes over the other version's changes", async () => {
    const user = userEvent.setup({ delay: null });
    const theirs = datasourceOf({ version: 7, title: 'Their title' });
    const reads = [datasourceOf(), theirs];
    const api = editing(
      {},
      {
        getDatasource: async () => reads.shift() ?? theirs,
        updateDatasource: async () => {
          throw apiError('version_conflict', 412);
        },
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'My title');
    await fill('Client ID', 'mine');
    await user.click(button('Save'));
    await user.click(await screen.findByRole('button', { name: 'Use theirs' }));
    expect(await field('Title')).toHaveValue('Their title');
    expect(await field('Client ID')).toHaveValue('mine');
  });

  it.each([
    [
      'the connection is lost',
      new TypeError('Failed to fetch'),
      /^Not saved: Can't reach Backstage/,
    ],
    [
      'the session has ended',
      apiError('not_allowed', 401),
      /^Not saved: Your session has ended/,
    ],
    [
      "the session can't be refreshed",
      Object.assign(new Error('Login failed'), { name: 'AuthenticationError' }),
      /^Not saved: Your session has ended/,
    ],
  ])(
    'keeps the input when %s while saving, and saves it afterwards',
    async (_, error, text) => {
      const user = userEvent.setup({ delay: null });
      const updateDatasource = jest
        .fn()
        .mockRejectedValueOnce(error)
        .mockResolvedValue(datasourceOf());
      const api = editing({ status: authorizedStatus() }, { updateDatasource });
      await renderPage(api, EDIT);
      await field('Client ID');
      await fill('Title', 'Typed for long');
      await user.click(button('Clear credential…'));
      await user.click(
        screen.getByRole('button', { name: 'Clear credential' }),
      );
      await user.click(button('Save'));
      expect(await screen.findByRole('alert')).toHaveTextContent(text);
      expect(await field('Title')).toHaveValue('Typed for long');
      expect(panel().getByText('Not saved')).toBeInTheDocument();

      await user.click(button('Save'));
      await waitFor(() => expect(updateDatasource).toHaveBeenCalledTimes(2));
      const [, body] = updateDatasource.mock.calls[1];
      expect(body).toMatchObject({
        title: 'Typed for long',
        credential: { action: 'clear' },
      });
    },
  );

  it('keeps the input if the connection fails before the conflict can be shown', async () => {
    const user = userEvent.setup({ delay: null });
    const getDatasource = jest
      .fn()
      .mockResolvedValueOnce(datasourceOf())
      .mockRejectedValue(new TypeError('Failed to fetch'));
    const api = editing(
      {},
      {
        getDatasource,
        updateDatasource: async () => {
          throw apiError('version_conflict', 412);
        },
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'My title');
    await user.click(button('Save'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Not saved: Can't reach Backstage/,
    );
    expect(await field('Title')).toHaveValue('My title');
  });

  it('on a conflict, discards to the other version', async () => {
    const user = userEvent.setup({ delay: null });
    const theirs = datasourceOf({ version: 7, title: 'Their title' });
    const reads = [datasourceOf(), theirs];
    const api = editing(
      {},
      {
        getDatasource: async () => reads.shift() ?? theirs,
        updateDatasource: async () => {
          throw apiError('version_conflict', 412);
        },
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'My title');
    await user.click(button('Save'));
    await screen.findByRole('button', { name: 'Use theirs' });
    await user.click(button('Discard changes'));
    expect(await field('Title')).toHaveValue('Their title');
    expect(screen.getByText('No unsaved changes')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('refuses to save if the credential no longer matches, and says so', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      {},
      {
        updateDatasource: async () => {
          throw apiError('credential_out_of_date', 409);
        },
      },
    );
    await renderPage(api, EDIT);
    await field('Client ID');
    await fill('Title', 'CRM');
    await user.click(button('Save'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not saved: the credential no longer matches these settings. Get a new credential, then save again.',
    );
    expect(await field('Title')).toHaveValue('CRM');
  });

  it('asks before plugins would act as another account', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      { status: authorizedStatus({ account: 'svc@corp.example' }) },
      { getAuthorization: async () => grantedOf({ settings: settingsOf() }) },
    );
    await renderPage(api, `${EDIT}?authorization=${ATTEMPT_ID}`);
    await field('Title');
    await user.click(button('Save'));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Save these changes?' }),
    );
    expect(dialog.getByRole('listitem')).toHaveTextContent(
      'Plugins act as alice@corp.example instead of svc@corp.example',
    );
    expect(
      dialog.getByText('Not used in the last 24 hours.', {
        exact: false,
      }),
    ).toBeInTheDocument();
    expect(api.updateDatasource).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
  });

  it('S0.13 restores the form and the staged credential after a reload', async () => {
    const restored = grantedOf({
      settings: { ...settingsOf(), title: 'Typed before' },
    });
    const api = editing({}, { getAuthorization: async () => restored });
    await renderPage(api, `${EDIT}?authorization=${ATTEMPT_ID}`);
    expect(await field('Title')).toHaveValue('Typed before');
    expect(panel().getByText('AUTHORIZED')).toBeInTheDocument();
    expect(panel().getByText('Not saved')).toBeInTheDocument();
    expect(screen.getByText('Unsaved: Title, credential')).toBeInTheDocument();
  });

  it('says that a draft has expired, and shows the saved settings', async () => {
    const api = editing(
      {},
      {
        getAuthorization: async () => {
          throw apiError('not_found', 404);
        },
      },
    );
    await renderPage(api, `${EDIT}?authorization=${ATTEMPT_ID}`);
    expect(await field('Title')).toHaveValue('Salesforce CRM');
    expect(screen.getByText(/The draft has expired/)).toBeInTheDocument();
  });

  it('discards the draft and all changes', async () => {
    const user = userEvent.setup({ delay: null });
    const restored = grantedOf({
      settings: { ...settingsOf(), title: 'Typed before' },
    });
    const api = editing({}, { getAuthorization: async () => restored });
    await renderPage(api, `${EDIT}?authorization=${ATTEMPT_ID}`);
    await field('Title');
    await user.click(button('Discard changes'));
    expect(await field('Title')).toHaveValue('Salesforce CRM');
    expect(api.discardAuthorization).toHaveBeenCalledWith(ATTEMPT_ID);
    expect(screen.getByText('No unsaved changes')).toBeInTheDocument();
    expect(screen.getByLabelText('address')).toHaveTextContent(/\/edit$/);
  });

  it('asks before leaving unsaved changes', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      {},
      { listDatasources: async () => ({ items: [], mayCreate: true }) },
    );
    await renderPage(api, EDIT);
    await field('Title');
    await fill('Title', 'CRM');
    await user.click(screen.getByRole('link', { name: 'Datasources' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Discard your changes?' }),
    );
    expect(dialog.getByText('Unsaved: Title')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Keep editing' }));
    expect(await field('Title')).toHaveValue('CRM');

    await user.click(await screen.findByRole('link', { name: 'Datasources' }));
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Discard changes',
      }),
    );
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        /^\/datasource-auth$/,
      ),
    );
  });

  describe('when Backstage renders the page from nothing', () => {
    it('keeps unsaved input', async () => {
      const user = userEvent.setup({ delay: null });
      const api = editing();
      const { remount } = await renderPage(api, EDIT);
      await field('Title');
      await fill('Title', 'CRM');
      await user.click(button('Replace Client secret'));
      await fill('Client secret', 'new-secret');
      remount();
      expect(screen.queryByLabelText('Title')).not.toBeInTheDocument();
      expect(
        await screen.findByText('Unsaved: Title, Client secret'),
      ).toBeInTheDocument();
      expect(await field('Title')).toHaveValue('CRM');
      await user.click(button('Save'));
      await waitFor(() => expect(api.updateDatasource).toHaveBeenCalled());
      expect(api.updateDatasource.mock.calls[0][1]).toMatchObject({
        title: 'CRM',
        auth: { clientSecret: 'new-secret' },
      });
    });

    it('keeps no input that was discarded', async () => {
      const user = userEvent.setup({ delay: null });
      const { remount } = await renderPage(editing(), EDIT);
      await field('Title');
      await fill('Title', 'CRM');
      await user.click(button('Discard changes'));
      remount();
      expect(await field('Title')).toHaveValue('Salesforce CRM');
    });

    it('keeps no input of a page that the browser left', async () => {
      const { remount } = await renderPage(editing(), EDIT);
      await field('Title');
      await fill('Title', 'CRM');
      const here = window.location.pathname;
      window.history.pushState(null, '', '/elsewhere');
      remount();
      window.history.replaceState(null, '', here);
      expect(await field('Title')).toHaveValue('Salesforce CRM');
    });

    it('forgets input after a minute', async () => {
      const api = editing();
      const first = await renderPage(api, EDIT);
      await field('Title');
      await fill('Title', 'CRM');
      jest.useFakeTimers();
      first.remount();
      jest.advanceTimersByTime(60_000);
      jest.useRealTimers();
      expect(await field('Title')).toHaveValue('Salesforce CRM');
    });
  });

  it('does not ask if nothing is unsaved', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing(
      {},
      { listDatasources: async () => ({ items: [], mayCreate: true }) },
    );
    await renderPage(api, EDIT);
    await field('Title');
    await user.click(screen.getByRole('link', { name: 'Datasources' }));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        /^\/datasource-auth$/,
      ),
    );
  });

  it('does not allow changing the name, because plugins refer to it', async () => {
    await renderPage(editing(), EDIT);
    expect(await field('Name')).toHaveAttribute('readonly');
  });

  it("can't be edited if it is declared in app-config", async () => {
    await renderPage(editing({ source: 'config' }), EDIT);
    expect(
      await screen.findByText(
        'Declared in app-config. Change its settings there.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('textbox', { name: 'Client ID' }),
    ).not.toBeInTheDocument();
  });

  it('selects which plugins may get tokens', async () => {
    const user = userEvent.setup({ delay: null });
    const api = editing();
    await renderPage(api, EDIT);
    expect(await field('Plugin IDs')).toHaveValue('');
    expect(
      screen.getByRole('option', { name: 'techdocs', selected: true }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Any plugin' }));
    await user.click(button('Save'));
    await waitFor(() => expect(api.updateDatasource).toHaveBeenCalledTimes(1));
    expect(api.updateDatasource.mock.calls[0][1].consumers).toBe('*');
  });
});
