import { settingAt } from './settingAt';
import { openApiDraft, openApiVariables } from './openApiDraft';
import { OpenApiProposal } from './openApiProposal';
import { datasourceSettingsSchema, oauth2Settings } from './settings';

const AT = '#/components/securitySchemes/things/flows/authorizationCode';

function proposalOf(
  part: Partial<OpenApiProposal> = {},
  flow: Partial<OpenApiProposal['schemes'][0]['flows'][0]> = {},
): OpenApiProposal {
  return {
    title: 'Things',
    version: '1.0',
    specification: '3.0.3',
    servers: [
      { url: 'https://api.example/v1', variables: [], from: '#/servers/0/url' },
    ],
    schemes: [
      {
        name: 'things',
        type: 'oauth2',
        from: '#/components/securitySchemes/things',
        flows: [
          {
            flow: 'authorizationCode',
            grantType: 'authorization_code',
            from: AT,
            authorizeUrl: {
              value: 'https://login.example/authorize',
              from: `${AT}/authorizationUrl`,
            },
            tokenUrl: {
              value: 'https://login.example/token',
              from: `${AT}/tokenUrl`,
            },
            missing: [],
            scopes: [
              { scope: 'read', description: 'Read things' },
              { scope: 'write' },
            ],
            ...flow,
          },
          {
            flow: 'implicit',
            unusable: 'implicit',
            from: '',
            missing: [],
            scopes: [],
          },
        ],
        operations: [],
        requiredScopes: [],
      },
    ],
    keys: [],
    others: [],
    notes: [],
    ...part,
  };
}

const CHOICE = { scheme: 'things', flow: 'authorizationCode' };

const value = (text: string) => ({ value: text, from: '#/x' });

const tokenUrlOf = (
  text: string,
  part: Partial<OpenApiProposal> = {},
  choice = {},
) => {
  const { settings, origins } = openApiDraft(
    proposalOf(part, { tokenUrl: value(text) }),
    { ...CHOICE, ...choice },
  );
  return {
    set: oauth2Settings(settings.auth)?.token?.url,
    ...origins.find(origin => origin.path === 'auth.token.url'),
  };
};

describe('openApiDraft', () => {
  it('S4.4 S4.5 creates settings from a choice, and keeps what else the import offers', () => {
    const { settings, origins } = openApiDraft(
      proposalOf({ entityRef: 'api:default/things' }),
      { ...CHOICE, scopes: ['read', 'read'] },
    );
    expect(settings).toEqual({
      title: 'Things',
      baseUrl: 'https://api.example/v1',
      auth: {
        grantType: 'authorization_code',
        authorize: { url: 'https://login.example/authorize' },
        token: { url: 'https://login.example/token' },
        scopes: ['read'],
      },
      importedFrom: {
        title: 'Things',
        version: '1.0',
        entityRef: 'api:default/things',
        scheme: 'things',
        flow: 'authorizationCode',
        endpoints: {
          server: 'https://api.example/v1',
          authorizeUrl: 'https://login.example/authorize',
          tokenUrl: 'https://login.example/token',
        },
        scopes: [
          { scope: 'read', description: 'Read things' },
          { scope: 'write' },
        ],
        servers: [{ url: 'https://api.example/v1' }],
      },
    });
    expect(origins).toEqual([
      { path: 'auth.grantType', value: 'authorization_code', from: AT },
      {
        path: 'baseUrl',
        value: 'https://api.example/v1',
        from: '#/servers/0/url',
      },
      {
        path: 'auth.authorize.url',
        value: 'https://login.example/authorize',
        from: `${AT}/authorizationUrl`,
      },
      {
        path: 'auth.token.url',
        value: 'https://login.example/token',
        from: `${AT}/tokenUrl`,
      },
      { path: 'auth.scopes', value: 'read', from: `${AT}/scopes` },
    ]);
    expect(
      datasourceSettingsSchema.safeParse({ name: 'x', ...settings }).success,
    ).toBe(true);
  });

  it('S4.6 S4.16 creates many datasources from one import, each with its own name, client, and token URL', () => {
    const { settings } = openApiDraft(proposalOf(), CHOICE);
    const instances = ['eu', 'us'].map(name =>
      datasourceSettingsSchema.parse({
        ...settings,
        name,
        auth: {
          ...settings.auth,
          clientId: `client-${name}`,
          token: { url: `https://${name}.login.example/token` },
        },
      }),
    );
    expect(
      instances.map(({ auth }) => [
        settingAt({ auth }, 'auth.clientId'),
        settingAt({ auth }, 'auth.token.url'),
      ]),
    ).toEqual([
      ['client-eu', 'https://eu.login.example/token'],
      ['client-us', 'https://us.login.example/token'],
    ]);
    expect(instances[0].importedFrom).toEqual(instances[1].importedFrom);
  });

  it("rejects a flow that is unsupported or doesn't exist", () => {
    for (const flow of ['implicit', 'other']) {
      expect(() => openApiDraft(proposalOf(), { ...CHOICE, flow })).toThrow(
        `'things' has no supported flow '${flow}'`,
      );
    }
  });

  it.each([
    ['/oauth/token', 'https://api.example/oauth/token'],
    ['oauth/token', 'https://api.example/oauth/token'],
    ['../token?x=1', 'https://api.example/token?x=1'],
    ['//login.example/token', 'https://login.example/token'],
  ])('resolves %s against the chosen server, and says so', (text, resolved) => {
    expect(tokenUrlOf(text)).toMatchObject({ set: resolved, resolved: true });
  });

  it('resolves against the address of the document if the server is missing or relative', () => {
    const url = 'https://docs.example/v2/openapi.json';
    const servers = [{ url: '/v3/', variables: [], from: '#' }];
    expect(tokenUrlOf('/token', { servers: [], url }).set).toBe(
      'https://docs.example/token',
    );
    expect(tokenUrlOf('token', { servers, url }).set).toBe(
      'https://docs.example/v3/token',
    );
    expect(
      openApiDraft(proposalOf({ servers, url }), CHOICE).settings.baseUrl,
    ).toBe('https://docs.example/v3/');
  });

  it("omits an address that can't be resolved, with the reason", () => {
    const servers = [{ url: '/v3', variables: [], from: '#/servers/0/url' }];
    expect(tokenUrlOf('/token', { servers })).toMatchObject({
      set: undefined,
      value: '/token',
      problem: { code: 'no_server' },
    });
    const { settings } = openApiDraft(proposalOf({ servers }), CHOICE);
    expect(settings.baseUrl).toBeUndefined();
    expect(settings.importedFrom?.servers).toEqual([]);
  });

  it('fills variables with the chosen values or their defaults, and asks for the rest later', () => {
    const servers = [
      { url: 'https://other.example', variables: [], from: '' },
      {
        url: 'https://{tenant}.{region}.example/{base path}',
        variables: [
          { name: 'region', default: 'eu' },
          { name: 'base path', default: 'api/v1' },
        ],
        from: '',
      },
    ];
    const proposal = proposalOf(
      { servers },
      { tokenUrl: value('https://{{ tenant }}.login.example/{1st}') },
    );
    const choice = { ...CHOICE, server: 1 };
    expect(openApiVariables(proposal, choice).map(({ name }) => name)).toEqual([
      'tenant',
      'region',
      'base path',
      '1st',
    ]);
    const { settings } = openApiDraft(proposal, {
      ...choice,
      variables: { region: 'us', '1st': ' ' },
    });
    expect(settings).toMatchObject({
      baseUrl: 'https://{{instance.tenant}}.us.example/api/v1',
      auth: {
        token: {
          url: 'https://{{instance.tenant}}.login.example/{{instance._1st}}',
        },
      },
    });
    expect(
      datasourceSettingsSchema.safeParse({ name: 'x', ...settings }).success,
    ).toBe(true);
  });

  it('keeps a variable of the server in addresses resolved against it', () => {
    const servers = [
      { url: 'https://{tenant}.example/a', variables: [], from: '' },
    ];
    expect(tokenUrlOf('/{realm}/token', { servers }).set).toBe(
      'https://{{instance.tenant}}.example/{{instance.realm}}/token',
    );
  });

  it.each([
    ['{url}', 'no_value'],
    ['{base}/token', 'no_value'],
    ['https://login.example:{port}/token', 'not_a_url'],
    ['https://', 'not_a_url'],
    ['mailto:me@login.example', 'not_a_url'],
  ])('omits %s', (text, code) => {
    expect(tokenUrlOf(text)).toMatchObject({
      set: undefined,
      problem: { code },
    });
  });

  it('uses HTTPS for a scheme without a value', () => {
    expect(tokenUrlOf('{scheme}://login.example/token').set).toBe(
      'https://login.example/token',
    );
  });

  it('keeps an empty default in a path, and asks for an empty value in a host', () => {
    const servers = [
      {
        url: 'https://{sub}.example/{base}',
        variables: [
          { name: 'sub', default: '' },
          { name: 'base', default: '' },
        ],
        from: '#/servers/0/url',
      },
    ];
    expect(openApiDraft(proposalOf({ servers }), CHOICE).settings.baseUrl).toBe(
      'https://{{instance.sub}}.example/',
    );
  });

  it('accepts no templates from a document except its own', () => {
    expect(tokenUrlOf('https://{{kept.host}}/{{token.accessToken}}').set).toBe(
      'https://{{instance.kept_host}}/{{instance.token_accessToken}}',
    );
  });

  it.each(['__proto__', 'constructor'])(
    'accepts a variable named %s like any other',
    name => {
      expect(tokenUrlOf(`https://a.example/{${name}}`).set).toBe(
        `https://a.example/{{instance.${name}}}`,
      );
    },
  );

  it("keeps an address that isn't allowed here, with the reason, and omits invalid ones", () => {
    const blocked = { code: 'blocked' as const, message: 'Not allowed' };
    const { settings, origins } = openApiDraft(
      proposalOf(
        {},
        {
          authorizeUrl: {
            ...value(''),
            problem: { code: 'empty', message: 'is empty' },
          },
          tokenUrl: {
            ...value('http://login.example/token'),
            problem: blocked,
          },
        },
      ),
      CHOICE,
    );
    expect(settings.auth).toEqual({
      grantType: 'authorization_code',
      token: { url: 'http://login.example/token' },
    });
    expect(origins.map(({ problem }) => problem?.code)).toEqual([
      undefined,
      undefined,
      'empty',
      'blocked',
    ]);
  });

  it('sets no refresh URL for client credentials, which have nothing to refresh', () => {
    const refreshUrl = value('https://login.example/refresh');
    const urlFor = (grantType: 'client_credentials' | 'password') =>
      oauth2Settings(
        openApiDraft(proposalOf({}, { grantType, refreshUrl }), CHOICE).settings
          .auth,
      )?.refresh?.url;
    expect(urlFor('password')).toBe('https://login.example/refresh');
    expect(urlFor('client_credentials')).toBeUndefined();
  });

  it('S4.5 keeps the chosen scopes when there are too many to store', () => {
    const scopes = [...Array(1_000)].map((_, n) => ({ scope: `s${n}` }));
    const { settings } = openApiDraft(proposalOf({}, { scopes }), {
      ...CHOICE,
      scopes: ['s999'],
    });
    expect(settings.importedFrom?.scopes).toHaveLength(300);
    expect(settings.importedFrom?.scopes?.[0]).toEqual({ scope: 's999' });
  });
});
