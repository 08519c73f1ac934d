import { act, screen, within, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { OpenApiProposal } from 'backstage-plugin-datasource-auth-common';
import { apiError, apiStub } from '../__testUtils__/apiStub';
import { ATTEMPT_ID, grantedOf } from '../__testUtils__/datasources';
import { button, field } from '../__testUtils__/editorForm';
import { fakeProviderWindow } from '../__testUtils__/providerWindow';
import { flowOf, proposalOf } from '../__testUtils__/openApiProposal';
import { renderPage } from '../__testUtils__/renderPage';

const PAGE = '/datasource-auth/new/openapi';

const apiEntity = (name: string, type = 'openapi') => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name, namespace: 'default', description: `The ${name} API` },
  spec: { type, lifecycle: 'production', owner: 'jane', definition: '' },
});

const CATALOG = catalogApiMock({
  entities: [
    apiEntity('payments'),
    apiEntity('things'),
    apiEntity('events', 'asyncapi'),
  ],
});

async function open(
  proposal: OpenApiProposal | Error = proposalOf(),
  options: { path?: string; catalog?: boolean; passwordGrant?: boolean } = {},
) {
  const api = apiStub({
    importOpenApi: async () => {
      if (proposal instanceof Error) throw proposal;
      return proposal;
    },
    getHealth: async () => ({
      callbackUrl: 'https://backstage.example.com/oauth/callback/',
      passwordGrantEnabled: options.passwordGrant ?? true,
      checks: [],
    }),
  });
  await renderPage(
    api,
    options.path ?? PAGE,
    options.catalog ? [[catalogApiRef, CATALOG]] : [],
  );
  return { api, user: userEvent.setup({ delay: null }) };
}

type User = ReturnType<typeof userEvent.setup>;

/** Leaves the import, and opens all settings in the connect flow. */
async function openAllSettings(user: User) {
  await user.click(button('Continue'));
  await user.click(await screen.findByRole('button', { name: 'All settings' }));
}

const step = (name: string) =>
  screen.findByRole('heading', {
    name: new RegExp(`^Step . of [34]: ${name}$`),
  });

async function paste(user: User, text = 'openapi: 3.1.0') {
  await user.click(await screen.findByRole('radio', { name: 'Paste' }));
  await user.click(screen.getByRole('textbox', { name: 'API description' }));
  await user.paste(text);
  await user.click(button('Next'));
}

/** Proceeds from a pasted document to a step. */
async function reach(user: User, name: 'Scheme' | 'Scopes' | 'Review') {
  await paste(user);
  await step('Scheme');
  if (name !== 'Scheme') await user.click(button('Next'));
  if (name === 'Review') await user.click(button('Next'));
  await step(name);
}

describe('a connection from a document', () => {
  it('N8 S0.13 keeps the attempt in the address, and the document in its state', async () => {
    fakeProviderWindow();
    const { api, user } = await open();
    api.createAuthorization.mockResolvedValue(
      grantedOf({
        staged: { obtainedAt: 1, hasRefreshToken: true, account: 'jane' },
      }),
    );
    await reach(user, 'Review');
    await user.click(button('Continue'));
    await user.type(await screen.findByLabelText(/^Client ID\W*$/), 'client');
    await user.type(screen.getByLabelText(/^Client secret\W*$/), 'secret');
    await user.click(button(/^Connect for everyone/));
    expect(
      await screen.findByRole('heading', { name: /^Connected/ }),
    ).toBeInTheDocument();
    const address = screen.getByLabelText('address');
    await waitFor(() =>
      expect(address).toHaveTextContent(`authorization=${ATTEMPT_ID}`),
    );
    // It is written once, not in a loop.
    const { entry } = address.dataset;
    await act(() => new Promise(resolve => setTimeout(resolve, 100)));
    expect(address.dataset.entry).toBe(entry);
  });
});

describe('the source of an import', () => {
  it('S4.3 is a catalog API that the user may see, found by a search', async () => {
    const { api, user } = await open(proposalOf(), { catalog: true });
    expect(
      await screen.findByRole('radio', { name: 'Catalog API entity' }),
    ).toBeChecked();
    const found = within(
      await screen.findByRole('radiogroup', { name: 'APIs' }),
    );
    await found.findByRole('radio', { name: 'things – The things API' });
    expect(found.getAllByRole('radio')).toHaveLength(2);
    await user.type(
      screen.getByRole('searchbox', { name: 'Search APIs' }),
      'thing',
    );
    await user.click(found.getByRole('radio', { name: /^things/ }));
    await user.click(button('Next'));
    await step('Scheme');
    expect(api.importOpenApi).toHaveBeenCalledWith({
      entityRef: 'api:default/things',
    });
  });

  it('is a pasted document, a file, or a URL, and the catalog only if there is one', async () => {
    const { api, user } = await open();
    await screen.findByRole('radio', { name: 'Paste' });
    expect(screen.getAllByRole('radio')).toHaveLength(3);
    expect(button('Next')).toHaveAccessibleDescription(
      'Paste the API description',
    );

    await user.click(screen.getByRole('radio', { name: 'Upload' }));
    const file = new File(['swagger: "2.0"'], 'api.yaml');
    await user.upload(screen.getByLabelText('File'), file);
    // After the file was read.
    await waitFor(() =>
      expect(button('Next')).not.toHaveAttribute('aria-disabled'),
    );
    await user.click(button('Next'));
    await step('Scheme');
    await user.click(button('Back'));
    expect(screen.getByRole('radio', { name: 'Upload' })).toBeChecked();
    expect(button('Next')).not.toHaveAttribute('aria-disabled');

    await user.click(screen.getByRole('radio', { name: 'URL' }));
    const address = screen.getByRole('textbox', {
      name: 'URL of the API description',
    });
    await user.type(address, 'https://api.example.com/openapi.json');
    expect(address).toHaveAccessibleDescription(
      'The backend reads it from api.example.com if its egress policy allows that.',
    );
    await user.click(button('Next'));
    await step('Scheme');
    expect(api.importOpenApi.mock.calls).toEqual([
      [{ document: 'swagger: "2.0"' }],
      [{ url: 'https://api.example.com/openapi.json' }],
    ]);
  });

  it("isn't sent if the file is too large", async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('radio', { name: 'Upload' }));
    const large = new File([new Uint8Array(64 * 1024 * 1024 + 1)], 'a.json');
    await user.upload(screen.getByLabelText('File'), large);
    expect(
      await screen.findByText('The document is larger than 64 MB'),
    ).toBeInTheDocument();
    expect(button('Next')).toHaveAccessibleDescription('Choose a file');
  });

  it('shows an error if it is invalid, and keeps the input', async () => {
    const { user } = await open(
      apiError('invalid_request', 400, {
        message: 'Line 14: not valid YAML',
      }),
    );
    await paste(user, 'openapi: "');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Line 14: not valid YAML',
    );
    expect(
      screen.getByRole('textbox', { name: 'API description' }),
    ).toHaveValue('openapi: "');
  });
});

describe('the schemes of an import', () => {
  it('S4.3 are listed with each flow, and unsupported ones with the reason and an alternative', async () => {
    const { user } = await open(
      proposalOf(
        [
          flowOf({
            flow: 'implicit',
            grantType: undefined,
            unusable: 'implicit',
          }),
          flowOf({ flow: 'password', grantType: 'password' }),
          flowOf({ tokenUrl: undefined, missing: ['tokenUrl'] }),
        ],
        {
          others: [
            { name: 'sid', type: 'apiKey', from: '#/x', reason: 'cookie' },
          ],
          notes: ["#/a: './b.yaml' is relative"],
        },
      ),
      { passwordGrant: false },
    );
    await reach(user, 'Scheme');
    const flows = screen.getAllByRole('radio');
    expect(flows.map(flow => flow.closest('label')?.textContent)).toEqual([
      'things – implicitimplicit flow – unsupported, use authorization code',
      'things – Passwordthe password grant is disabled in this Backstage',
      'things – Authorization code`tokenUrl` is missing',
      'Another way, or noneKeeps the title and base URL. Choose in the editor how the API authenticates.',
    ]);
    expect(flows[0]).toBeDisabled();
    expect(flows[1]).toBeDisabled();
    expect(flows[2]).toBeChecked();
    expect(
      screen.getByText('sid: apiKey in a cookie. Backstage sends no cookies.'),
    ).toBeInTheDocument();
    expect(screen.getByText("#/a: './b.yaml' is relative")).toBeInTheDocument();
  });

  it('N7 show that none can be used, and keep title and base URL', async () => {
    const { user } = await open(
      proposalOf([
        flowOf({
          flow: 'implicit',
          grantType: undefined,
          unusable: 'implicit',
        }),
      ]),
    );
    await reach(user, 'Scheme');
    expect(
      screen.getByText(
        'The API description has no scheme that Backstage can use.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Steps' })).toHaveTextContent(
      'SourceSchemeReview',
    );
    expect(screen.getByText('Scheme')).toHaveAttribute('aria-current', 'step');
    await user.click(button('Next'));
    await step('Review');
    await openAllSettings(user);
    expect(await field('Base URL')).toHaveValue('https://api.example.com/v1');
    expect(await field('Name')).toHaveValue('things');
    expect(button('None')).toHaveAttribute('aria-pressed', 'true');
  });
});

describe('N7: the keys of an import', () => {
  const at = (scheme: string) => `#/components/securitySchemes/${scheme}`;
  const KEYS: OpenApiProposal['keys'] = [
    {
      name: 'api + app',
      keys: [
        { scheme: 'api', place: 'header', name: 'X-Api-Key', from: at('api') },
        { scheme: 'app', place: 'query', name: 'app_key', from: at('app') },
      ],
    },
    { name: 'user', keys: [{ scheme: 'user', place: 'basic', from: '#/x' }] },
    {
      name: 'raw',
      keys: [
        { scheme: 'raw', place: 'header', name: 'authorization', from: '#/x' },
      ],
    },
    {
      name: 'token',
      keys: [{ scheme: 'token', place: 'bearer', from: '#/x' }],
    },
  ];
  const only = (keys: OpenApiProposal['keys']) =>
    proposalOf([], { schemes: [], keys });

  it('are listed with where they are sent, and reviewed without scopes', async () => {
    const { user } = await open(only(KEYS));
    await reach(user, 'Scheme');
    expect(
      screen
        .getAllByRole('radio')
        .map(each => each.closest('label')?.textContent),
    ).toEqual([
      'api + app – API keyHeader X-Api-Key · Query parameter app_key',
      'user – Basic',
      'raw – API keyHeader authorization · Enter the whole value of the header, with a prefix such as Bearer',
      'token – Bearer token',
      expect.stringMatching(/^Another way, or none/),
    ]);
    await user.click(button('Next'));
    expect(
      await screen.findByRole('heading', { name: 'Step 3 of 3: Review' }),
    ).toHaveFocus();
    expect(
      screen.getByText(/^This is one of 4 ways to authenticate: api \+ app/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Not in the API description: the secret (API key). Enter it in the editor.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('X-Api-Key')).toBeInTheDocument();
    expect(screen.getByText(at('app'))).toBeInTheDocument();
    await user.click(button('Back'));
    await step('Scheme');
  });

  it('open the editor, where only the secrets are missing', async () => {
    const { user, api } = await open(only(KEYS.slice(0, 1)));
    await reach(user, 'Scheme');
    await user.click(button('Next'));
    await step('Review');
    await openAllSettings(user);
    expect(await field('Base URL')).toHaveValue('https://api.example.com/v1');
    expect(button('API key')).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByDisplayValue('X-Api-Key')).toBeInTheDocument();
    expect(screen.getByDisplayValue('app_key')).toBeInTheDocument();
    expect(api.createDatasource).not.toHaveBeenCalled();
  });

  it.each([
    ['user', 'Basic'],
    ['token', 'Bearer token'],
  ])('of %s open the editor with %s', async (name, way) => {
    const { user } = await open(only(KEYS.filter(each => each.name === name)));
    await reach(user, 'Scheme');
    await user.click(button('Next'));
    await step('Review');
    await openAllSettings(user);
    expect(await screen.findByRole('button', { name: way })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  describe('with a client certificate', () => {
    const TLS = {
      scheme: 'tls',
      place: 'certificate' as const,
      from: at('tls'),
    };
    const REQUIRED =
      'The API requires a client certificate. Enter it with its key in the editor, under Advanced.';
    const [{ keys: together }] = KEYS;

    it('open the editor without another credential if there is nothing else', async () => {
      const { user } = await open(only([{ name: 'tls', keys: [TLS] }]));
      await reach(user, 'Scheme');
      expect(
        screen.getByRole('radio', { name: /^tls – Client certificate/ }),
      ).toBeChecked();
      await user.click(button('Next'));
      await step('Review');
      expect(screen.getByText(REQUIRED)).toBeInTheDocument();
      expect(screen.getByText(at('tls'))).toBeInTheDocument();
      expect(screen.queryByText(/the secret/)).not.toBeInTheDocument();
      await openAllSettings(user);
      expect(
        await screen.findByRole('button', { name: 'None' }),
      ).toHaveAttribute('aria-pressed', 'true');
      expect(screen.getByText(REQUIRED)).toBeInTheDocument();
    });

    it('mention it in the review of keys', async () => {
      const keys = [...together, TLS];
      const { user } = await open(only([{ name: 'api + app + tls', keys }]));
      await reach(user, 'Scheme');
      await user.click(button('Next'));
      await step('Review');
      expect(screen.getByText(REQUIRED)).toBeInTheDocument();
      expect(
        screen.getByText(/^Not in the API description: the secret \(API key\)/),
      ).toBeInTheDocument();
    });

    it('mention it in the review of a token', async () => {
      const { schemes } = proposalOf();
      const { user } = await open(
        proposalOf([], { schemes: [{ ...schemes[0], keys: [TLS] }] }),
      );
      await reach(user, 'Review');
      expect(screen.getByText(REQUIRED)).toBeInTheDocument();
      expect(screen.queryByText(/the secret \(/)).not.toBeInTheDocument();
    });
  });

  it('are mentioned in the review of a token', async () => {
    const [{ keys }] = KEYS;
    const { schemes } = proposalOf();
    const { user } = await open(
      proposalOf([], { schemes: [{ ...schemes[0], keys }] }),
    );
    await reach(user, 'Review');
    expect(screen.getByText('X-Api-Key')).toBeInTheDocument();
    expect(
      screen.getByText(/^Not in the API description: the secret \(API key\)/),
    ).toBeInTheDocument();
  });
});

describe('the import of a preselected API', () => {
  const FROM_ENTITY = `${PAGE}?entity=api:default/things`;

  it('S4.3 starts with the review, from which every choice can be changed', async () => {
    const { api, user } = await open(
      proposalOf([
        flowOf(),
        flowOf({ flow: 'clientCredentials', grantType: 'client_credentials' }),
        flowOf({
          flow: 'implicit',
          grantType: undefined,
          unusable: 'implicit',
        }),
      ]),
      { path: FROM_ENTITY },
    );
    expect(await step('Review')).toHaveFocus();
    expect(api.importOpenApi.mock.calls).toEqual([
      [{ entityRef: 'api:default/things' }],
    ]);
    expect(
      screen.getByText(
        /^This is one of 2 ways to authenticate: things – Authorization code\./,
      ),
    ).toBeInTheDocument();
    await user.click(button('Choose another scheme'));
    await step('Scheme');
    await user.click(
      screen.getByRole('radio', { name: /^things – Client credentials/ }),
    );
    await user.click(button('Next'));
    await step('Scopes');
    await user.click(button('Next'));
    await step('Review');
    expect(
      screen.getByText(/things – Client credentials\./),
    ).toBeInTheDocument();
  });

  it('skips steps without a choice', async () => {
    await open(proposalOf(), { path: FROM_ENTITY });
    await step('Review');
    expect(screen.queryByText(/ways to authenticate/)).not.toBeInTheDocument();
  });

  it('shows the flows if none can be used', async () => {
    await open(
      proposalOf([
        flowOf({
          flow: 'implicit',
          grantType: undefined,
          unusable: 'implicit',
        }),
      ]),
      { path: FROM_ENTITY },
    );
    expect(await step('Scheme')).toBeInTheDocument();
  });

  it("stays on the page and says why if the API can't be read", async () => {
    await open(
      apiError('invalid_request', 400, { message: 'There is no entity' }),
      { path: FROM_ENTITY },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no entity',
    );
    await step('Source');
  });
});

describe('the scopes of an import', () => {
  const chosen = () =>
    screen
      .getAllByRole('checkbox', { checked: true })
      .map(box => box.closest('label')?.textContent)
      .filter(text => !text?.includes(' /'));

  it('S0.10 S4.5 are all that the API offers, with descriptions; those that operations need and offline access are preselected', async () => {
    const { user } = await open();
    await reach(user, 'Scopes');
    expect(
      within(
        screen.getByRole('group', {
          name: 'Which scopes does Backstage need?',
        }),
      )
        .getAllByRole('checkbox')
        .map(box => box.closest('label')?.textContent),
    ).toEqual(['read – Read things', 'write – Add things', 'offline_access']);
    expect(chosen()).toEqual([
      'read – Read things',
      'write – Add things',
      'offline_access',
    ]);
    expect(screen.getByText('3 of 3 selected')).toBeInTheDocument();
    await user.type(
      screen.getByRole('searchbox', { name: 'Filter scopes' }),
      'add',
    );
    expect(chosen()).toEqual(['write – Add things']);
  });

  it('S4.5 are selected by the operations that Backstage will call', async () => {
    const { user } = await open();
    await reach(user, 'Scopes');
    await user.click(screen.getByText('2 operations use this scheme'));
    await user.click(screen.getByRole('checkbox', { name: /^POST \/things/ }));
    await user.click(button('Select scopes required by operations'));
    expect(chosen()).toEqual(['read – Read things']);
    expect(screen.getAllByRole('status')[0]).toHaveTextContent(
      '1 scopes selected',
    );
  });

  it('S4.9 can include others', async () => {
    const { user } = await open(proposalOf([flowOf({ scopes: [] })]));
    await reach(user, 'Scopes');
    const other = screen.getByRole('textbox', { name: 'Scope' });
    await user.type(other, 'a b');
    await user.click(button('Add scope'));
    expect(other).toHaveAccessibleDescription(/^Enter a scope without spaces/);
    await user.clear(other);
    await user.type(other, 'admin{Enter}');
    expect(chosen()).toEqual([
      'read – required by operations, but not offered by the flow',
      'write – required by operations, but not offered by the flow',
      'admin – added by you',
    ]);
    expect(screen.getByRole('heading', { name: /Scopes/ })).toBeInTheDocument();
  });
});

describe('the review of an import', () => {
  const row = (name: string) =>
    within(screen.getByRole('rowheader', { name }).closest('tr')!)
      .getAllByRole('cell')
      .map(cell => cell.textContent);

  it('S4.4 shows each setting, its value, and its source', async () => {
    const { user } = await open();
    await reach(user, 'Review');
    const at = '#/components/securitySchemes/things/flows/authorizationCode';
    expect(row('Grant type')).toEqual(['Authorization code', at]);
    expect(row('Authorize URL')).toEqual([
      'https://login.example.com/authorize',
      `${at}/authorizationUrl`,
    ]);
    expect(row('Token URL')).toEqual([
      'https://api.example.com/oauth/tokenRelative in the document, resolved against the server',
      `${at}/tokenUrl`,
    ]);
    expect(row('Base URL')).toEqual([
      'https://api.example.com/v1',
      '#/servers/0/url',
    ]);
    expect(row('Scopes')).toEqual([
      'read write offline_access',
      `${at}/scopes`,
    ]);
  });

  it('offers the servers and their variables', async () => {
    const { user } = await open(
      proposalOf([flowOf()], {
        servers: [
          { url: 'https://sandbox.example.com', variables: [], from: '#/0' },
          {
            url: 'https://{tenant}.{region}.example.com',
            description: 'Live',
            variables: [
              { name: 'tenant', default: 'your-name', description: 'Yours' },
              { name: 'region', default: 'eu', enum: ['eu', 'us'] },
            ],
            from: '#/servers/1/url',
          },
        ],
      }),
    );
    await reach(user, 'Review');
    expect(row('Base URL')[0]).toBe('https://sandbox.example.com');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Server' }),
      'https://{tenant}.{region}.example.com (Live)',
    );
    expect(row('Base URL')[0]).toBe('https://your-name.eu.example.com');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'region' }),
      'us',
    );
    const tenant = screen.getByRole('textbox', { name: 'tenant' });
    await user.clear(tenant);
    await user.type(tenant, 'acme');
    expect(row('Base URL')[0]).toBe('https://acme.us.example.com');
    expect(row('Token URL')[0]).toMatch(
      /^https:\/\/acme\.us\.example\.com\/oauth\/token/,
    );
  });

  it("says what was omitted, what isn't allowed here, and what is missing", async () => {
    const problem = (code: 'empty' | 'blocked', message: string) => ({
      code,
      message,
    });
    const { user } = await open(
      proposalOf([
        flowOf({
          authorizeUrl: {
            value: '',
            from: '#/x/authorizationUrl',
            problem: problem('empty', 'is empty'),
          },
          tokenUrl: {
            value: 'http://login.example.com/token',
            from: '#/x/tokenUrl',
            problem: problem('blocked', 'Only https is allowed.'),
          },
          missing: ['authorizationUrl'],
        }),
      ]),
    );
    await reach(user, 'Review');
    expect(row('Authorize URL')[0]).toBe(
      '⚠ Left out: `authorizationUrl` is empty',
    );
    expect(row('Token URL')[0]).toBe(
      "http://login.example.com/token⚠ `tokenUrl` is http://login.example.com/token, which the policy doesn't allow. Only https is allowed.",
    );
    expect(
      screen.getByText(
        'Not in the API description: authorizationUrl. Enter these in the editor.',
      ),
    ).toBeInTheDocument();
  });

  it('says where the endpoints of an openIdConnect scheme are', async () => {
    const { user } = await open(
      proposalOf([
        flowOf({
          authorizeUrl: undefined,
          tokenUrl: undefined,
          issuer: { value: 'https://login.example.com', from: '#/i' },
        }),
      ]),
    );
    await reach(user, 'Review');
    expect(row('Issuer')[0]).toBe('https://login.example.com');
    expect(screen.getByText(/select Fill from issuer/)).toBeInTheDocument();
  });

  it('S4.6 S4.16 continues in the editor, where every value can be changed and nothing is saved yet', async () => {
    const { api, user } = await open();
    await reach(user, 'Review');
    await openAllSettings(user);
    expect(await field('Token URL')).toHaveValue(
      'https://api.example.com/oauth/token',
    );
    expect(await field('Name')).toHaveValue('things');
    expect(await field('Title')).toHaveValue('Things');
    expect(await field('Scopes')).toHaveValue('read write offline_access');
    expect(
      screen.getByText(/^Enter the client ID and the secret/),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Unsaved: .*Imported from/)).toBeInTheDocument();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/datasource-auth\/new\/connect$/,
    );
    expect(api.createDatasource).not.toHaveBeenCalled();
  });
});

describe('a description with only the implicit flow', () => {
  it('is offered as authorization code, with the token URL of the preset for its host', async () => {
    const from = '#/components/securitySchemes/things/flows/implicit';
    const { user } = await open(
      proposalOf([
        flowOf({
          flow: 'implicit',
          from,
          insteadOfImplicit: true,
          tokenUrl: undefined,
          preset: {
            id: 'acme',
            title: 'Acme',
            settings: {
              auth: {
                grantType: 'authorization_code',
                authorize: { url: 'https://login.example.com/v2/authorize' },
                token: { url: 'https://login.example.com/v2/token' },
              },
            },
          },
        }),
      ]),
    );
    await reach(user, 'Scheme');
    expect(
      screen.getByRole('radio', {
        name: /The description only has the implicit flow/,
      }),
    ).toBeChecked();
    await user.click(button('Next'));
    await user.click(button('Next'));
    await step('Review');
    expect(screen.getByText('Preset: Acme')).toBeInTheDocument();
    expect(
      screen.getByText(/rejects the authorize URL above, use .*v2\/authorize/),
    ).toBeInTheDocument();
    await openAllSettings(user);
    expect(await field('Token URL')).toHaveValue(
      'https://login.example.com/v2/token',
    );
  });

  it('immediately flags a base URL that the policy forbids', async () => {
    const { user } = await open(
      proposalOf([flowOf()], {
        servers: [
          {
            url: 'http://api.example.com',
            variables: [],
            from: '#/servers/0/url',
            problem: { code: 'blocked', message: 'Only https is allowed.' },
          },
        ],
      }),
    );
    await reach(user, 'Review');
    expect(
      screen.getByText(
        /http:\/\/api.example.com, which the policy doesn't allow. Only https is allowed/,
      ),
    ).toBeInTheDocument();
  });
});
