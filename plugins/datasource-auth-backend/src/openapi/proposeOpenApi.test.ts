import {
  message as textOf,
  openApiDraft,
  OpenApiFlow,
} from 'backstage-plugin-datasource-auth-common';
import { DescriptionError } from './DescriptionError';
import { LoadDocument } from './References';
import { proposeOpenApi } from './proposeOpenApi';

const ALLOWED = () => {};

const propose = (
  document: unknown,
  options: Partial<Parameters<typeof proposeOpenApi>[0]> = {},
) =>
  proposeOpenApi({
    text: typeof document === 'string' ? document : JSON.stringify(document),
    check: ALLOWED,
    ...options,
  });

const openApi = (
  securitySchemes: Record<string, unknown>,
  rest: Record<string, unknown> = {},
) => ({ openapi: '3.0.3', components: { securitySchemes }, ...rest });

const oauth2 = (flows: Record<string, unknown>) => ({ type: 'oauth2', flows });

const CODE = {
  authorizationUrl: 'https://login.example/authorize',
  tokenUrl: 'https://login.example/token',
  scopes: { read: 'Read things' },
};

async function failure(document: unknown, options = {}): Promise<string> {
  const error = await propose(document, options).then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(DescriptionError);
  return error.message;
}

const flowsOf = async (document: unknown, options = {}) =>
  (await propose(document, options)).schemes.flatMap(
    (scheme): OpenApiFlow[] => scheme.flows,
  );

describe('proposeOpenApi', () => {
  it('S4.3–S4.5 reads endpoints and all scopes from an OpenAPI document, each value with its JSON pointer', async () => {
    const document = openApi(
      {
        'OAuth2/Security': oauth2({
          authorizationCode: {
            ...CODE,
            refreshUrl: 'https://login.example/refresh',
            scopes: { read: 'Read things', write: '' },
          },
        }),
      },
      {
        info: { title: 'Things', version: 1.2 },
        servers: [{ url: 'https://api.example/v1', description: 'Live' }],
      },
    );
    const at =
      '#/components/securitySchemes/OAuth2~1Security/flows/authorizationCode';
    expect(await propose(document)).toEqual({
      title: 'Things',
      version: '1.2',
      specification: '3.0.3',
      servers: [
        {
          url: 'https://api.example/v1',
          description: 'Live',
          variables: [],
          from: '#/servers/0/url',
        },
      ],
      schemes: [
        {
          name: 'OAuth2/Security',
          type: 'oauth2',
          from: '#/components/securitySchemes/OAuth2~1Security',
          flows: [
            {
              flow: 'authorizationCode',
              grantType: 'authorization_code',
              from: at,
              authorizeUrl: {
                value: 'https://login.example/authorize',
                from: `${at}/authorizationUrl`,
              },
              tokenUrl: {
                value: 'https://login.example/token',
                from: `${at}/tokenUrl`,
              },
              refreshUrl: {
                value: 'https://login.example/refresh',
                from: `${at}/refreshUrl`,
              },
              missing: [],
              scopes: [
                { scope: 'read', description: 'Read things' },
                { scope: 'write' },
              ],
            },
          ],
          operations: [],
          requiredScopes: [],
        },
      ],
      keys: [],
      others: [],
      notes: [],
    });
  });

  it.each(['3.0.0', '3.0.0-rc2', '3.1.0', '3.1.1', '3.2.0', 3, 3.1])(
    'S4.3 reads OpenAPI %p',
    async openapi => {
      const document = {
        ...openApi({ o: oauth2({ password: CODE }) }),
        openapi,
      };
      expect((await propose(document)).specification).toBe(String(openapi));
    },
  );

  it('X4.1 S4.3 maps OpenAPI flows to grants, and lists the others with the reason', async () => {
    const flows = await flowsOf(
      openApi({
        o: oauth2({
          implicit: { authorizationUrl: 'https://x.example', scopes: {} },
          password: CODE,
          clientCredentials: CODE,
          authorizationCode: CODE,
          deviceAuthorization: CODE,
          telepathy: CODE,
          'x-note': 'not a flow',
        }),
      }),
    );
    expect(
      flows.map(({ flow, grantType, unusable }) => [flow, grantType, unusable]),
    ).toEqual([
      ['implicit', undefined, 'implicit'],
      ['password', 'password', undefined],
      ['clientCredentials', 'client_credentials', undefined],
      ['authorizationCode', 'authorization_code', undefined],
      ['deviceAuthorization', undefined, 'device'],
      ['telepathy', undefined, 'unknown'],
    ]);
    expect(flows[2].authorizeUrl).toBeUndefined();
  });

  it('S4.3 reads Swagger 2.0 with its own flow names', async () => {
    const scheme = (flow: string) => ({
      type: 'oauth2',
      flow,
      authorizationUrl: 'https://login.example/authorize',
      tokenUrl: 'https://login.example/token',
      scopes: { 'read:pets': 'Read your pets' },
    });
    const proposal = await propose({
      swagger: '2.0',
      host: 'pets.example',
      basePath: '/v2',
      schemes: ['http', 'ws', 'https'],
      securityDefinitions: {
        a: scheme('accessCode'),
        b: scheme('application'),
        c: scheme('password'),
        d: scheme('implicit'),
        e: { type: 'basic' },
      },
    });
    expect(
      proposal.schemes.map(({ name, flows: [flow] }) => [
        name,
        flow.grantType ?? flow.unusable,
      ]),
    ).toEqual([
      ['a', 'authorization_code'],
      ['b', 'client_credentials'],
      ['c', 'password'],
      ['d', 'implicit'],
    ]);
    expect(proposal.schemes[0].flows[0]).toMatchObject({
      tokenUrl: { from: '#/securityDefinitions/a/tokenUrl' },
      scopes: [{ scope: 'read:pets', description: 'Read your pets' }],
    });
    expect(proposal.servers.map(server => server.url)).toEqual([
      'https://pets.example/v2',
      'http://pets.example/v2',
    ]);
    expect(proposal.keys.map(({ name }) => name)).toEqual(['e']);
  });

  it.each([2, '2.0'])('reads swagger: %p', async swagger => {
    const { specification } = await propose({
      swagger,
      securityDefinitions: { a: { type: 'oauth2', flow: 'application' } },
    });
    expect(specification).toMatch(/^2/);
  });

  it('reads the flow of a scheme that was converted to OpenAPI 3 by hand', async () => {
    const [flow] = await flowsOf(
      openApi({ o: { type: 'oauth2', flow: 'accessCode', ...CODE } }),
    );
    expect(flow).toMatchObject({
      grantType: 'authorization_code',
      tokenUrl: { value: 'https://login.example/token' },
    });
  });

  it("lists schemes, flows and scopes whose names begin with x-, and doesn't treat them as extensions", async () => {
    const apiKey = { type: 'apiKey', name: 'X-Key', in: 'header' };
    const names = ['X-API-Key', 'x-auth'];
    const schemes = Object.fromEntries(names.map(name => [name, apiKey]));
    const onlyKeys = [
      openApi(schemes),
      { swagger: '2.0', securityDefinitions: schemes },
    ];
    for (const document of onlyKeys) {
      const { keys } = await propose(document);
      expect(keys.map(({ name }) => name)).toEqual(names);
    }
    const { schemes: found, others } = await propose(
      openApi({
        'X-OAuth': oauth2({
          password: { ...CODE, scopes: { 'x-read': 'Read', 'x-all': null } },
          'x-exchange': CODE,
          'x-note': 'not a flow',
          'x-tool': { of: 'a console' },
        }),
        'x-tool': { of: 'a console' },
      }),
    );
    expect(found.map(({ name }) => name)).toEqual(['X-OAuth']);
    expect(found[0].flows.map(({ flow }) => flow)).toEqual([
      'password',
      'x-exchange',
    ]);
    expect(found[0].flows[0].scopes.map(({ scope }) => scope)).toEqual([
      'x-read',
      'x-all',
    ]);
    expect(others).toEqual([]);
  });

  it('offers both grants of such servers for the issuer of an openIdConnect scheme', async () => {
    const flows = await flowsOf(
      openApi({
        o: {
          type: 'openIdConnect',
          openIdConnectUrl:
            'https://login.example/t/.well-known/openid-configuration',
        },
      }),
    );
    expect(flows).toMatchObject([
      { grantType: 'authorization_code', missing: [] },
      { grantType: 'client_credentials' },
    ]);
    expect(flows[0].issuer).toEqual({
      value: 'https://login.example/t',
      from: '#/components/securitySchemes/o/openIdConnectUrl',
    });
  });

  it.each([
    ['https://login.example', 'https://login.example'],
    ['https://login.example/', 'https://login.example/'],
    ['https://login.example/realms/a', 'https://login.example/realms/a'],
    [
      'https://login.example/t/.well-known/openid-configuration?p=sign-in',
      'https://login.example/t',
    ],
    [
      'https://login.example/.well-known/oauth-authorization-server/t',
      'https://login.example/t',
    ],
    ['/.well-known/openid-configuration', '/'],
    ['/auth?x=1', '/auth'],
  ])(
    'reads the issuer from an openIdConnectUrl that is the issuer itself, has a query or follows RFC 8414: %s',
    async (openIdConnectUrl, issuer) => {
      const flows = await flowsOf(
        openApi({ o: { type: 'openIdConnect', openIdConnectUrl } }),
      );
      expect(flows.map(flow => flow.issuer)).toEqual(
        Array(2).fill({
          value: issuer,
          from: '#/components/securitySchemes/o/openIdConnectUrl',
        }),
      );
    },
  );

  it.each([
    ['https://login.example/.well-known/jwks.json', 'not_an_issuer'],
    ['https://login.example/#x', 'not_a_url'],
    ['', 'empty'],
  ])(
    'says why an openIdConnectUrl has no issuer: %p',
    async (openIdConnectUrl, code) => {
      const [flow] = await flowsOf(
        openApi({ o: { type: 'openIdConnect', openIdConnectUrl } }),
      );
      expect(flow.issuer?.problem?.code).toBe(code);
    },
  );

  describe('oauth2MetadataUrl (OpenAPI 3.2)', () => {
    const METADATA =
      'https://login.example/.well-known/oauth-authorization-server/t';
    const from = '#/components/securitySchemes/o/oauth2MetadataUrl';
    const issuer = { value: 'https://login.example/t', from };

    it('provides the issuer whose metadata has what a flow lacks', async () => {
      const flows = await flowsOf({
        ...openApi({
          o: {
            ...oauth2({
              authorizationCode: CODE,
              clientCredentials: { scopes: { read: '' } },
              implicit: { authorizationUrl: 'https://x.example', scopes: {} },
            }),
            oauth2MetadataUrl: METADATA,
          },
        }),
        openapi: '3.2.0',
      });
      expect(
        flows.map(({ flow, missing, ...rest }) => [flow, rest.issuer, missing]),
      ).toEqual([
        ['authorizationCode', issuer, []],
        ['clientCredentials', issuer, []],
        ['implicit', undefined, []],
      ]);
      expect(flows[0].tokenUrl?.value).toBe(CODE.tokenUrl);
    });

    it('offers both grants of such servers if the scheme lists no flow', async () => {
      const flows = await flowsOf(
        openApi({ o: { type: 'oauth2', oauth2MetadataUrl: METADATA } }),
      );
      expect(flows).toMatchObject([
        { grantType: 'authorization_code', issuer, missing: [] },
        { grantType: 'client_credentials', issuer, missing: [] },
      ]);
    });

    it("leaves what is missing if it can't be used", async () => {
      const [flow] = await flowsOf(
        openApi({
          o: {
            ...oauth2({ clientCredentials: {} }),
            oauth2MetadataUrl: 'ftp://login.example',
          },
        }),
      );
      expect(flow.issuer?.problem?.code).toBe('not_a_url');
      expect(flow.missing).toEqual(['tokenUrl']);
    });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    [7, 'not_a_url'],
    ['data:text/html,x', 'not_a_url'],
    ['file:///etc/passwd', 'not_a_url'],
    ['https:///token', 'not_a_url'],
    ['https://user:secret@login.example/token', 'not_a_url'],
    ['https://login.example/token#x', 'not_a_url'],
    ['https://login.example/{{instance.key}}', 'not_a_url'],
    ['/token?k={{instance.key}}', 'not_a_url'],
    ['https://internal.example/token', 'blocked'],
    ['/oauth/token', undefined],
    ['https://{tenant}.login.example/token', undefined],
    ['{protocol}://login.example/token', undefined],
    ['{protocol}://internal.example/token', 'blocked'],
  ])('says what is wrong with the token URL %p: %p', async (tokenUrl, code) => {
    const check = (url: string) => {
      if (url.includes('internal')) throw new Error('Not allowed here');
    };
    const [flow] = await flowsOf(
      openApi({ o: oauth2({ clientCredentials: { tokenUrl } }) }),
      { check },
    );
    expect(flow.tokenUrl?.problem?.code).toBe(code);
  });

  it('names the missing fields of a flow', async () => {
    const flows = await flowsOf(
      openApi({
        o: oauth2({
          authorizationCode: { tokenUrl: null },
          clientCredentials: {},
        }),
      }),
    );
    expect(flows.map(flow => flow.missing)).toEqual([
      ['authorizationUrl', 'tokenUrl'],
      ['tokenUrl'],
    ]);
  });

  it('omits a refresh URL equal to the token URL, so that it follows a changed token URL', async () => {
    const [flow] = await flowsOf(
      openApi({
        o: oauth2({ password: { ...CODE, refreshUrl: CODE.tokenUrl } }),
      }),
    );
    expect(flow.refreshUrl).toBeUndefined();
  });

  it.each([
    [{ a: 'A', b: 7, c: null }, ['a', 'b', 'c']],
    [{ 'a b': 'Both' }, ['a', 'b']],
    [
      ['a', 'b', 7],
      ['a', 'b'],
    ],
    [{ 'x-meta': { of: 'a tool' }, a: '' }, ['a']],
    [{ 'say "hi"': '' }, ['say']],
    ['a b', []],
    [null, []],
    [undefined, []],
  ])('S4.5 reads the scopes %j', async (scopes, expected) => {
    const [flow] = await flowsOf(
      openApi({ o: oauth2({ password: { ...CODE, scopes } }) }),
    );
    expect(flow.scopes.map(({ scope }) => scope)).toEqual(expected);
  });

  it('names and ignores invalid scopes', async () => {
    const { schemes, notes } = await propose(
      openApi({ o: oauth2({ password: { ...CODE, scopes: { 'a,b': '' } } }) }),
    );
    expect(schemes[0].flows[0].scopes).toEqual([]);
    expect(notes).toEqual([
      "#/components/securitySchemes/o/flows/password/scopes/a,b: isn't a valid scope (RFC 6749 section 3.3) and is ignored",
    ]);
  });

  it('keeps control characters and megabytes out of displayed text', async () => {
    const { title, schemes } = await propose({
      ...openApi({
        o: oauth2({
          password: {
            ...CODE,
            scopes: { a: `\u202ehi\n\u0000${'x'.repeat(1e6)}` },
          },
        }),
      }),
      info: { title: `A\nB${'\u200b'}` },
    });
    expect(title).toBe('A B');
    const [{ description }] = schemes[0].flows[0].scopes;
    expect(description).toMatch(/^hi x+…$/);
    expect(description).toHaveLength(300);
  });
});

describe('servers', () => {
  const document = (servers: unknown, rest = {}) => ({
    ...openApi({ o: oauth2({ password: CODE }) }),
    servers,
    ...rest,
  });

  it('have their variables', async () => {
    const { servers } = await propose(
      document([
        {
          url: 'https://{region}.example/{version}',
          variables: {
            region: {
              default: 'eu',
              enum: ['eu', 'us'],
              description: 'Where the data is',
            },
            version: { default: 2 },
          },
        },
        { url: 'https://sandbox.example' },
        { url: 7 },
        'no server',
      ]),
    );
    expect(servers.map(({ url }) => url)).toEqual([
      'https://{region}.example/{version}',
      'https://sandbox.example',
    ]);
    expect(servers[0].variables).toEqual([
      {
        name: 'region',
        default: 'eu',
        description: 'Where the data is',
        enum: ['eu', 'us'],
      },
      { name: 'version', default: '2' },
    ]);
  });

  it('get a scheme if it is a variable with an empty or missing default', async () => {
    const url = '{protocol}://{host}/{base}';
    const rest = { host: { default: 'api.example' }, base: { default: '' } };
    const schemes = [
      [{ protocol: { default: '' } }, 'https'],
      [{ protocol: {} }, 'https'],
      [{ protocol: { enum: ['http', 'https'] } }, 'https'],
      [{ protocol: { enum: ['http'], default: '' } }, 'http'],
      [{ protocol: { default: 'http', enum: ['http', 'https'] } }, 'http'],
      [{}, 'https'],
    ] as const;
    for (const [protocol, scheme] of schemes) {
      const proposal = await propose(
        document([{ url, variables: { ...protocol, ...rest } }]),
      );
      const { settings, origins } = openApiDraft(proposal, {
        scheme: 'o',
        flow: 'password',
      });
      expect([protocol, settings.baseUrl]).toEqual([
        protocol,
        `${scheme}://api.example/`,
      ]);
      expect(
        origins.filter(({ path, problem }) => path === 'baseUrl' && problem),
      ).toEqual([]);
    }
  });

  it('are flagged at once if the policy forbids them, such as HTTP ones', async () => {
    const check = (address: string) => {
      if (new URL(address).protocol === 'http:') throw new Error('No http');
    };
    const problem = { code: 'blocked', message: 'No http' };
    const problemsOf = async (text: unknown) =>
      (await propose(text, { check })).servers.map(server => server.problem);
    const variables = { s: { default: 'http', enum: ['http', 'https'] } };
    const listed = document([
      { url: 'http://api.example' },
      { url: 'https://api.example' },
      { url: '{s}://api.example', variables },
      { url: '/relative' },
    ]);
    expect(await problemsOf(listed)).toEqual([
      problem,
      undefined,
      problem,
      undefined,
    ]);
    expect(
      await problemsOf({
        swagger: '2.0',
        host: 'api.example',
        schemes: ['http'],
        securityDefinitions: { o: { type: 'oauth2', flow: 'password' } },
      }),
    ).toEqual([problem]);
    const proposal = await propose(listed, { check });
    const baseUrlOf = (server: number, chosen = {}) =>
      openApiDraft(proposal, {
        scheme: 'o',
        flow: 'password',
        server,
        variables: chosen,
      }).origins.find(({ path }) => path === 'baseUrl');
    expect(baseUrlOf(0)).toMatchObject({
      value: 'http://api.example',
      problem,
    });
    expect(baseUrlOf(2)?.problem).toEqual(problem);
    expect(baseUrlOf(2, { s: 'https' })?.problem).toBeUndefined();
  });

  it.each([[undefined], [[]], [null], ['https://x.example']])(
    'default to the URL of the document (%j)',
    async servers => {
      const found = await propose(document(servers), {
        url: 'https://api.example/docs/openapi.json',
      });
      expect(found.servers).toEqual([{ url: '/', variables: [], from: '#' }]);
      expect((await propose(document(servers))).servers).toEqual([]);
    },
  );

  it("default to the document's server in Swagger 2.0 without a host", async () => {
    const swagger = {
      swagger: '2.0',
      basePath: '/v1',
      securityDefinitions: { a: { type: 'oauth2', flow: 'application' } },
    };
    const url = 'https://api.example/swagger.json';
    expect((await propose(swagger, { url })).servers).toEqual([
      { url: '/v1', variables: [], from: '#/basePath' },
    ]);
    expect((await propose(swagger)).servers).toEqual([]);
  });
});

describe('scopes that operations need', () => {
  const DOCUMENT = openApi(
    { o: oauth2({ password: CODE }), p: oauth2({ password: CODE }) },
    {
      security: [{ o: ['read'] }],
      paths: {
        '/things': {
          summary: 'not an operation',
          parameters: [],
          get: { summary: 'All of them' },
          post: { security: [{ o: ['write'] }, { o: ['admin'] }] },
          delete: { security: [{}, { o: ['delete', 'delete'], p: [] }] },
        },
        '/public': { get: { security: [] } },
        'x-internal': { get: { security: [{ o: ['secret'] }] } },
      },
    },
  );

  it('S4.5 are those of the first alternative of each operation, or of the whole document', async () => {
    const [o, p] = (await propose(DOCUMENT)).schemes;
    expect(o.requiredScopes).toEqual(['read', 'write', 'delete']);
    expect(o.operations).toEqual([
      { operation: 'GET /things', summary: 'All of them', scopes: ['read'] },
      { operation: 'POST /things', scopes: ['write'] },
      { operation: 'DELETE /things', scopes: ['delete'] },
    ]);
    expect(p.requiredScopes).toEqual([]);
    expect(p.operations).toEqual([{ operation: 'DELETE /things', scopes: [] }]);
  });

  it('are those of the whole document if it has no operations', async () => {
    const { schemes } = await propose({ ...DOCUMENT, paths: {} });
    expect(schemes[0].requiredScopes).toEqual(['read']);
  });

  it('come from the operations of an openIdConnect scheme, which lists none itself', async () => {
    const { schemes } = await propose(
      openApi(
        {
          o: {
            type: 'openIdConnect',
            openIdConnectUrl:
              'https://x.example/.well-known/openid-configuration',
          },
        },
        { paths: { '/': { get: { security: [{ o: ['openid', 'a b'] }] } } } },
      ),
    );
    expect(schemes[0].requiredScopes).toEqual(['openid', 'a', 'b']);
  });
});

describe('references', () => {
  const SHARED = JSON.stringify({
    schemes: { o: { $ref: '#/real' } },
    real: oauth2({ password: CODE }),
    item: { get: { security: [{ o: ['read'] }] } },
  });
  const serve =
    (documents: Record<string, string>): LoadDocument =>
    async url => {
      if (!(url in documents))
        throw new DescriptionError(
          textOf('error.description.unreachable', { host: url }),
        );
      return { text: documents[url], url };
    };

  it('within the document are followed, including escapes', async () => {
    const [flow] = await flowsOf({
      ...openApi({ o: { $ref: '#/x-shared/a~1b~0c%20d' } }),
      'x-shared': {
        'a/b~c d': { type: 'oauth2', flows: { $ref: '#/x-flows' } },
      },
      'x-flows': { password: { $ref: '#/x-password' } },
      'x-password': CODE,
    });
    expect(flow).toMatchObject({
      flow: 'password',
      from: '#/x-password',
      tokenUrl: { from: '#/x-password/tokenUrl' },
    });
  });

  it('to another document are relative to the URL of this one, and values name their source', async () => {
    const { schemes } = await propose(
      openApi(
        { o: { $ref: '../shared.json#/schemes/o' } },
        { paths: { '/a': { $ref: '../shared.json#/item' } } },
      ),
      {
        url: 'https://api.example/v1/openapi.json',
        load: serve({ 'https://api.example/shared.json': SHARED }),
      },
    );
    expect(schemes[0].flows[0].tokenUrl).toEqual({
      value: 'https://login.example/token',
      from: 'https://api.example/shared.json#/real/flows/password/tokenUrl',
    });
    expect(schemes[0].requiredScopes).toEqual(['read']);
  });

  it("back to the URL of the imported document don't read it again", async () => {
    const load = jest.fn();
    const { schemes } = await propose(
      { ...openApi({ o: { $ref: 'openapi.json#/x' } }), x: oauth2({}) },
      { url: 'https://api.example/openapi.json', load },
    );
    expect(schemes).toHaveLength(1);
    expect(load).not.toHaveBeenCalled();
  });

  it.each([
    ['#/nowhere', "doesn't exist"],
    ['#/components/securitySchemes/__proto__', "doesn't exist"],
    ['#/openapi/length', "doesn't exist"],
    ['#anchor', "doesn't exist"],
    ['#/%', "doesn't exist"],
    ['other.yaml#/a', 'the document has no URL'],
    ['file:///etc/passwd', 'only HTTP(S) URLs are'],
    ['https://other.example/a.yaml', "another document, which isn't read"],
  ])(
    'to %p are reported with their place, and the rest is read',
    async (ref, why) => {
      const { schemes, notes } = await propose(
        openApi({ good: oauth2({}), bad: { $ref: ref } }),
      );
      expect(schemes.map(scheme => scheme.name)).toEqual(['good']);
      expect(notes).toEqual([
        expect.stringMatching(/^#\/components\/securitySchemes\/bad: /),
      ]);
      expect(notes[0]).toContain(why);
    },
  );

  it('threats 7: never open a file', async () => {
    const load = jest.fn();
    const { notes } = await propose(
      openApi({
        good: oauth2({}),
        a: { $ref: 'file:///etc/passwd' },
        b: { $ref: 'data:application/json,{"type":"oauth2"}' },
        c: { $ref: '/etc/passwd' },
      }),
      { load },
    );
    expect(notes).toHaveLength(3);
    expect(load).not.toHaveBeenCalled();
  });

  it('that form a circle end with an error', async () => {
    const document = {
      ...openApi({ o: { $ref: '#/a' }, good: oauth2({}) }),
      a: { $ref: '#/b' },
      b: { $ref: '#/a' },
      paths: { '/self': { $ref: '#/paths/~1self' } },
    };
    const { notes } = await propose(document);
    expect(notes).toEqual([
      '#/components/securitySchemes/o: the references form a circle',
      '#/paths/~1self: the references form a circle',
    ]);
  });

  it('between documents that refer to each other end, and each document is read once', async () => {
    const url = (n: number) => `https://api.example/${n}.json`;
    const load = jest.fn(
      serve(
        Object.fromEntries(
          [0, 1, 2].map(n => [
            url(n),
            JSON.stringify({ $ref: `${url((n + 1) % 3)}#` }),
          ]),
        ),
      ),
    );
    const { notes } = await propose(
      openApi({ o: { $ref: url(0) }, good: oauth2({}) }),
      { load },
    );
    expect(notes).toHaveLength(1);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('are followed up to twenty documents and 64 MB', async () => {
    const load = jest.fn(async (url: string) => ({
      url,
      text: JSON.stringify({
        ...oauth2({}),
        'x-fill': 'x'.repeat(url.includes('large') ? 35e6 : 10),
      }),
    }));
    const many = Object.fromEntries(
      [...Array(30)].map((_, n) => [
        `s${n}`,
        { $ref: `https://a.example/${n}` },
      ]),
    );
    const first = await propose(openApi(many), { load });
    expect(load).toHaveBeenCalledTimes(20);
    expect(first.schemes).toHaveLength(20);
    expect(first.notes[0]).toContain('the limit is 20 documents');
    const second = await propose(
      openApi({
        a: { $ref: 'https://a.example/large/1' },
        b: { $ref: 'https://a.example/large/2' },
      }),
      { load },
    );
    expect(second.schemes).toHaveLength(1);
    expect(second.notes[0]).toContain('larger than 64 MB');
  });
});

describe('an invalid document', () => {
  it.each([
    ['', "This isn't an API description"],
    ['just text', "This isn't an API description"],
    ['[]', "This isn't an API description"],
    ['null', "This isn't an API description"],
    ['asyncapi: 2.0.0', "This isn't an API description"],
    ['{"openapi":"4.0.0"}', "#/openapi: version '4.0.0' isn't supported"],
    [
      '{"openapi":"3.0.3 bad"}',
      "#/openapi: version '3.0.3 bad' isn't supported. Use OpenAPI 3.x (such as 3.0.3) or Swagger 2.0.",
    ],
    ['{"openapi":"3.x"}', "version '3.x' isn't supported"],
    ['{"openapi":"3.0.0.0"}', "version '3.0.0.0' isn't supported"],
    ['swagger: 1.2', "#/swagger: version '1.2' isn't supported"],
    ['openapi: {}', '#/openapi: version'],
  ])('%p says so', async (text, message) => {
    expect(await failure(text)).toContain(message);
  });

  it("names the line that isn't valid", async () => {
    expect(await failure('openapi: 3.0.0\ninfo:\n  title: "a\n')).toMatch(
      /^Line 4: not valid YAML \(unexpected end of the stream/,
    );
    expect(
      await failure('{\n  "openapi": "3.0.0",\n  "info": {"title": }}}\n}'),
    ).toMatch(/^Line 3: not valid YAML/);
  });

  it("says why a security scheme can't be read", async () => {
    const { schemes, keys, notes } = await propose(
      openApi({ o: { $ref: './auth.yaml' } }),
    );
    expect([...schemes, ...keys]).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('the document has no URL')]);
  });
});
