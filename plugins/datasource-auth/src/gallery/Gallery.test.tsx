import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parsePreset, Preset } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { renderPage } from '../__testUtils__/renderPage';

const GALLERY = '/datasource-auth/new';

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
  popular: true,
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

const ASANA = parsePreset({
  id: 'asana',
  title: 'Asana',
  category: 'Work management',
  ways: ['client_credentials'],
  benefit: 'Tasks and projects',
  caveat: 'Ask for a client.',
  source: 'https://developers.asana.com/',
  lastVerified: '2026-11-29',
});

const PRESETS: Preset[] = [KEYCLOAK, SALESFORCE];

const main = () => screen.getByRole('article');

async function open(path: string, presets = PRESETS, mayCreate = true) {
  const api = apiStub({
    listPresets: async () => ({ items: presets }),
    listDatasources: async () => ({ items: [], mayCreate }),
  });
  await renderPage(api, path);
  return { api, user: userEvent.setup({ delay: null }) };
}

const TILES = /^(Popular|More providers|Providers)$/;

const tiles = (list: string | RegExp = TILES) =>
  screen
    .getAllByRole('list', { name: list })
    .flatMap(each => within(each).getAllByRole('listitem'))
    .map(item => item.textContent);

const tile = (name: string) => screen.getByRole('link', { name });

describe('the start of a new datasource', () => {
  it('N8 shows a mark, a name and a benefit of each provider, popular ones first, then by name', async () => {
    await open(GALLERY, [KEYCLOAK, SALESFORCE, GRAFANA, ASANA]);
    expect(
      await screen.findByRole('link', { name: 'Keycloak' }),
    ).toHaveAttribute('href', `${GALLERY}/gallery/keycloak`);
    expect(tile('Keycloak')).toHaveAccessibleDescription(
      'APIs that Keycloak protects',
    );
    expect(tiles('Popular')).toEqual([
      'GrafanaDashboards and alerts',
      'SalesforceAccounts and opportunities',
    ]);
    expect(tiles('More providers')).toEqual([
      'AsanaTasks and projects',
      'KeycloakAPIs that Keycloak protects',
    ]);
  });

  it('N8 starts in the search, from which Enter opens the first provider, and Down leads to the tiles', async () => {
    const { user } = await open(GALLERY);
    const search = await screen.findByRole('searchbox', {
      name: 'Search providers',
    });
    expect(search).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(search).toHaveFocus();
    await user.keyboard('sso');
    expect(tiles()).toEqual(['KeycloakAPIs that Keycloak protects']);
    expect(screen.getByText('1 provider')).toBeInTheDocument();
    await user.keyboard('{ArrowDown}');
    expect(tile('Keycloak')).toHaveFocus();
    await user.keyboard('{ArrowUp}');
    expect(search).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /\/gallery\/keycloak$/,
    );
  });

  describe('while providers load', () => {
    /** Opens the gallery with the focus in its search. */
    async function openEarly() {
      let arrive = () => {};
      const arrived = new Promise<void>(resolve => {
        arrive = resolve;
      });
      const api = apiStub({
        listDatasources: async () => ({ items: [], mayCreate: true }),
        listPresets: async () => {
          await arrived;
          return { items: PRESETS };
        },
      });
      await renderPage(api, GALLERY);
      const search = await screen.findByRole('searchbox', {
        name: 'Search providers',
      });
      expect(search).toHaveFocus();
      return { arrive, search, user: userEvent.setup({ delay: null }) };
    }

    it('N8 leaves the focus where the user moved it', async () => {
      const { arrive, user } = await openEarly();
      const other = tile('Another API');
      await user.keyboard('{ArrowDown}');
      act(() => other.focus());
      arrive();
      await screen.findByRole('link', { name: 'Keycloak' });
      expect(other).toHaveFocus();
    });

    it('N8 remembers Down, which leads to the tiles', async () => {
      const { arrive, user } = await openEarly();
      await user.keyboard('{ArrowDown}');
      arrive();
      await waitFor(() => expect(tile('Salesforce')).toHaveFocus());
    });

    it('N8 remembers Enter, which opens the first provider', async () => {
      const { arrive, user } = await openEarly();
      await user.keyboard('sso{Enter}');
      arrive();
      await waitFor(() =>
        expect(screen.getByLabelText('address')).toHaveTextContent(
          /\/gallery\/keycloak$/,
        ),
      );
    });

    it('N8 forgets the key when the user types on', async () => {
      const { arrive, search, user } = await openEarly();
      await user.keyboard('s{Enter}so');
      arrive();
      await screen.findByRole('link', { name: 'Keycloak' });
      expect(search).toHaveFocus();
    });
  });

  it('N8 is one stop of Tab, in which arrow keys move', async () => {
    const { user } = await open(GALLERY, [KEYCLOAK, SALESFORCE, GRAFANA]);
    await screen.findByRole('link', { name: 'Grafana' });
    const access = screen.getByRole('group', { name: 'Access' });
    await user.tab();
    expect(access).toContainElement(document.activeElement as HTMLElement);
    within(access).getByRole('button', { name: 'API key' }).focus();
    await user.tab();
    expect(tile('Grafana')).toHaveFocus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(tile('Keycloak')).toHaveFocus();
    await user.tab();
    expect(tile('From an OpenAPI document')).toHaveFocus();
    await user.tab({ shift: true });
    expect(tile('Keycloak')).toHaveFocus();
    await user.keyboard('{Home}');
    expect(tile('Grafana')).toHaveFocus();
  });

  it('N1 filters by how access is given, also from a link', async () => {
    const { user } = await open(`${GALLERY}?access=key`, [...PRESETS, GRAFANA]);
    await screen.findByRole('link', { name: 'Grafana' });
    expect(tiles()).toEqual([expect.stringMatching(/^Grafana/)]);
    const key = screen.getByRole('button', { name: 'API key' });
    expect(key).toHaveAttribute('aria-pressed', 'true');
    await user.click(screen.getByRole('button', { name: 'As an app' }));
    expect(tiles()).toEqual([expect.stringMatching(/^Keycloak/)]);
    expect(screen.getByLabelText('address')).toHaveTextContent(
      `${GALLERY}?access=app`,
    );
    await user.click(screen.getByRole('button', { name: 'As an app' }));
    expect(tiles()).toHaveLength(3);
  });

  it('N8 links to the ways without a preset, also if no provider matches', async () => {
    const { user } = await open(GALLERY);
    await user.type(await screen.findByRole('searchbox'), 'nobody');
    expect(screen.getByText('No providers match.')).toBeInTheDocument();
    expect(tile('From an OpenAPI document')).toHaveAttribute(
      'href',
      '/datasource-auth/new/openapi',
    );
    await user.click(tile('Another API'));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/datasource-auth/new/connect',
    );
  });

  it('N8 has at most 200 words besides the names and benefits', async () => {
    await open(GALLERY);
    await screen.findByRole('link', { name: 'Keycloak' });
    const page = main().cloneNode(true) as HTMLElement;
    page.querySelectorAll('li').forEach(item => item.remove());
    const texts = [...page.querySelectorAll('*')]
      .flatMap(element => [...element.childNodes])
      .filter(node => node.nodeType === Node.TEXT_NODE)
      .flatMap(node => node.textContent!.split(/\s+/).filter(Boolean));
    expect(texts).toContain('datasource');
    expect(texts.length).toBeLessThan(200);
  });

  it('says upfront if the user may not create datasources', async () => {
    await open(GALLERY, PRESETS, false);
    expect(
      await screen.findByText(
        /^You don't have permission to create datasources\./,
      ),
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
