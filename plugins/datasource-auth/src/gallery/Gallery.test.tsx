import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parsePreset, Preset } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { button, field } from '../__testUtils__/editorForm';
import { renderPage } from '../__testUtils__/renderPage';

const GALLERY = '/datasource-auth/new/gallery';

const KEYCLOAK = parsePreset({
  id: 'keycloak',
  title: 'Keycloak',
  category: 'Identity',
  ways: ['client_credentials', 'authorization_code', 'password'],
  benefit: 'APIs that Keycloak protects',
  aliases: ['sso'],
  caveat: 'Each grant is a switch of the client.',
  source: 'https://www.keycloak.org/securing-apps/oidc-layers',
  lastVerified: '2026-11-20',
  guide: 'https://example.com/providers/keycloak.md',
  unconfirmed: ['auth.revoke.url'],
  instance: [
    {
      name: 'host',
      label: 'Keycloak host',
      example: 'keycloak.example.com',
      pattern: '[A-Za-z0-9.-]+',
    },
  ],
  settings: {
    auth: {
      authorize: { url: 'https://{{instance.host}}/auth' },
      token: { url: 'https://{{instance.host}}/token' },
      revoke: { url: 'https://{{instance.host}}/revoke' },
    },
  },
  registration: {
    url: 'https://www.keycloak.org/docs/latest/server_admin/',
    steps: ['Create an OpenID Connect client.'],
    scopes: [{ scope: 'offline_access', description: 'A refresh token' }],
  },
  behavior: { rotatesRefreshTokens: true, notes: ['Old ones have /auth.'] },
});

const SALESFORCE = parsePreset({
  id: 'salesforce',
  title: 'Salesforce',
  category: 'CRM',
  ways: ['authorization_code'],
  benefit: 'Accounts and opportunities',
  popular: true,
  caveat: 'Returns instance_url with the token.',
  source: 'https://help.salesforce.com/',
  lastVerified: '2026-11-20',
});

const GRAFANA = parsePreset({
  id: 'grafana',
  title: 'Grafana',
  category: 'Monitoring',
  ways: ['static'],
  benefit: 'Dashboards and alerts',
  caveat: 'Use a service account.',
  source: 'https://grafana.com/docs/',
  lastVerified: '2026-11-29',
  instance: [
    {
      name: 'host',
      label: 'Host',
      example: 'grafana.example.com',
      pattern: '[a-z.]+',
    },
    { name: 'key', label: 'Key', example: 'abc', secret: true },
  ],
  settings: { baseUrl: 'https://{{instance.host}}' },
  variants: {
    static: { auth: { headers: { 'X-Key': 'Key {{instance.key}}' } } },
  },
  registration: { steps: ['Add a token to the service account.'] },
});

const PRESETS = [KEYCLOAK, SALESFORCE];

async function open(path: string, presets: Preset[] = PRESETS) {
  const api = apiStub({
    listPresets: async () => ({ items: presets }),
    listDatasources: async () => ({ items: [], mayCreate: true }),
  });
  await renderPage(api, path);
  return { api, user: userEvent.setup({ delay: null }) };
}

const cards = () =>
  within(screen.getByRole('list', { name: 'Providers' }))
    .getAllByRole('link')
    .map(link => link.textContent);

describe('the provider gallery', () => {
  it('shows cards with what a provider offers, popular ones first, and has a search', async () => {
    const { user } = await open(GALLERY);
    const keycloak = await screen.findByRole('link', { name: 'Keycloak' });
    expect(keycloak).toHaveAttribute('href', `${GALLERY}/keycloak`);
    expect(keycloak).toHaveAccessibleDescription(
      'As a person · As an app APIs that Keycloak protects',
    );
    expect(cards()).toEqual([
      expect.stringMatching(/^Salesforce/),
      expect.stringMatching(/^Keycloak/),
    ]);
    const search = screen.getByRole('searchbox', { name: 'Search providers' });
    await user.type(search, 'sso');
    expect(cards()).toEqual([expect.stringMatching(/^Keycloak/)]);
    await user.clear(search);
    await user.type(search, 'crm');
    expect(cards()).toEqual([expect.stringMatching(/^Salesforce/)]);
    expect(screen.getByText('1 provider')).toBeInTheDocument();
  });

  it('N1 filters by how access is given, also from a link', async () => {
    const { user } = await open(`${GALLERY}?access=key`, [...PRESETS, GRAFANA]);
    await screen.findByRole('link', { name: 'Grafana' });
    expect(cards()).toEqual([expect.stringMatching(/^Grafana/)]);
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Access' }),
      'As an app',
    );
    expect(cards()).toEqual([expect.stringMatching(/^Keycloak/)]);
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Access' }),
      'Any',
    );
    expect(cards()).toHaveLength(3);
  });

  it('is linked from the empty list and from a new datasource, and links to a blank form', async () => {
    const { user } = await open('/datasource-auth');
    await user.click(
      await screen.findByRole('button', { name: 'Choose a provider' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Start blank' }),
    );
    expect(await field('Token URL')).toHaveValue('');
    await user.click(button('Choose a provider'));
    expect(
      await screen.findByRole('link', { name: 'Keycloak' }),
    ).toBeInTheDocument();
  });

  it("shows why the providers couldn't be loaded", async () => {
    const api = apiStub({
      listPresets: async () => {
        throw apiError('not_allowed', 403, { message: 'Not for you' });
      },
    });
    await renderPage(api, GALLERY);
    expect(await screen.findByText('Not for you')).toBeInTheDocument();
  });
});

describe('a provider', () => {
  it('S0.1 S1.3 S2.4 S4.2 S4.8 X1.1 shows its settings, registration steps with values to copy, and token behavior', async () => {
    const { user } = await open(`${GALLERY}/keycloak`);
    await screen.findByRole('heading', { name: 'Keycloak' });
    const fills = within(
      screen.getByRole('table', { name: 'Filled in for you' }),
    );
    expect(
      fills.queryByRole('rowheader', { name: 'Authorize URL' }),
    ).not.toBeInTheDocument();
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'How the API authenticates' }),
      'authorization_code',
    );
    expect(
      fills.getByRole('row', {
        name: 'Authorize URL https://{{instance.host}}/auth',
      }),
    ).toBeInTheDocument();
    expect(
      fills.getByRole('row', { name: /^Revocation URL .*not confirmed/ }),
    ).toBeInTheDocument();

    const register = within(
      screen.getByRole('region', { name: 'Register the application' }),
    );
    expect(
      register.getByRole('link', { name: /^Registration page of Keycloak/ }),
    ).toHaveAttribute('href', KEYCLOAK.registration.url);
    expect(
      register.getByRole('link', { name: /^Documentation of Keycloak/ }),
    ).toHaveAttribute('href', KEYCLOAK.source);
    expect(
      register.getByRole('link', { name: /^Setup guide/ }),
    ).toHaveAttribute('href', KEYCLOAK.guide);
    expect(
      register.getByText('Create an OpenID Connect client.'),
    ).toBeInTheDocument();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      register.getByRole('button', { name: 'Copy Redirect URI' }),
    );
    expect(write).toHaveBeenLastCalledWith(
      'https://backstage.example.com/oauth/callback/',
    );
    await user.click(
      register.getByRole('button', { name: 'Copy scope offline_access' }),
    );
    expect(write).toHaveBeenLastCalledWith('offline_access');

    const behavior = within(
      screen.getByRole('region', { name: 'Provider behavior' }),
    );
    expect(
      behavior.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'Each refresh replaces the refresh token.',
      'Old ones have /auth.',
    ]);
  });

  it('S0.1 opens the prefilled editor, where nothing is saved yet', async () => {
    const { user, api } = await open(`${GALLERY}/keycloak`);
    const host = await field('Keycloak host');
    await user.type(host, 'not a host');
    await user.click(button('Use this preset'));
    expect(host).toHaveAccessibleDescription(/^Enter a value in this format:/);
    expect(host).toHaveFocus();
    await user.clear(host);
    await user.type(host, 'sso.example.com');
    await user.click(button('Use this preset'));
    expect(await field('Token URL')).toHaveValue(
      'https://{{instance.host}}/token',
    );
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth\/new\/blank$/,
    );
    expect(button('Client credentials')).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(
      screen.getByText(/^Filled in from Keycloak\. Each grant/),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Unsaved: .*Token URL/)).toBeInTheDocument();
    expect(button('Get access token')).toHaveAccessibleDescription(
      'Fill in: Name, Client ID, Client secret.',
    );
    expect(api.createDatasource).not.toHaveBeenCalled();
  });

  it('N1 of a key shows how to get it, and leaves the secret to the editor', async () => {
    const { user } = await open(`${GALLERY}/grafana`, [GRAFANA]);
    const host = await field('Host');
    expect(screen.queryByLabelText('Key')).not.toBeInTheDocument();
    const get = within(
      screen.getByRole('region', { name: 'Get the key or token' }),
    );
    expect(get.getAllByRole('listitem').map(item => item.textContent)).toEqual([
      'Add a token to the service account.',
    ]);
    await user.type(host, 'grafana.example.com');
    await user.click(button('Use this preset'));
    expect(await field('Base URL')).toHaveValue('https://{{instance.host}}');
    expect(button('API key')).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByDisplayValue('X-Key')).toBeInTheDocument();
    expect(
      screen.getByDisplayValue('Key {{instance.key}}'),
    ).toBeInTheDocument();
  });

  it('leaves instance values to be filled in later, and the status says so', async () => {
    const { user } = await open(`${GALLERY}/keycloak`);
    await field('Keycloak host');
    await user.click(button('Use this preset'));
    await field('Token URL');
    expect(button('Get access token')).toHaveAccessibleDescription(
      'Fill in: Name, Client ID, Client secret, Instance value host.',
    );
  });

  it('that is unknown shows an error', async () => {
    await open(`${GALLERY}/nobody`);
    expect(
      await screen.findByText('There is no preset for this provider.'),
    ).toBeInTheDocument();
  });
});
