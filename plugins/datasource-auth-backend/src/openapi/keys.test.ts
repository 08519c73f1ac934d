import fc from 'fast-check';
import {
  openApiDraft,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { proposeOpenApi } from './proposeOpenApi';

const propose = (document: object) =>
  proposeOpenApi({ text: JSON.stringify(document), check: () => {} });

const openApi = (
  securitySchemes: Record<string, unknown>,
  rest: Record<string, unknown> = {},
) => ({
  openapi: '3.1.0',
  info: { title: 'Things' },
  servers: [{ url: 'https://api.example/v1' }],
  components: { securitySchemes },
  ...rest,
});

const header = (name: string) => ({ type: 'apiKey', in: 'header', name });
const query = (name: string) => ({ type: 'apiKey', in: 'query', name });
const TOKEN = {
  type: 'oauth2',
  flows: { clientCredentials: { tokenUrl: 'https://login.example/token' } },
};

/** Drafts an alternative, which must be valid settings. */
function draft(proposal: OpenApiProposal, scheme?: string, flow?: string) {
  const { settings, origins } = openApiDraft(proposal, { scheme, flow });
  datasourceSettingsSchema.parse({ ...settings, name: 'draft' });
  return { ...settings, origins };
}

const names = ({ keys }: OpenApiProposal) => keys.map(({ name }) => name);

const SECRET = { secret: true };

describe('N7: the import of API keys, Basic and bearer tokens', () => {
  it.each([
    ['header', header('X-Key'), { headers: { 'X-Key': SECRET } }],
    ['query', query('api_key'), { query: { api_key: SECRET } }],
    ['basic', { type: 'http', scheme: 'Basic' }, { basic: { username: '' } }],
    [
      'bearer',
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      { bearer: { set: false } },
    ],
  ])('proposes %s', async (place, scheme, settings) => {
    const proposal = await propose(openApi({ key: scheme }));
    expect(proposal).toMatchObject({ schemes: [], others: [] });
    expect(proposal.keys).toMatchObject([
      { name: 'key', keys: [{ scheme: 'key', place }] },
    ]);
    expect(draft(proposal, 'key')).toMatchObject({
      title: 'Things',
      baseUrl: 'https://api.example/v1',
      auth: { type: 'static', ...settings },
      importedFrom: { scheme: 'key' },
    });
  });

  it('says where the name of a header or parameter is from', async () => {
    const proposal = await propose(
      openApi(
        { a: header('X-A'), b: query('b') },
        { security: [{ a: [], b: [] }] },
      ),
    );
    expect(draft(proposal, 'a + b').origins).toEqual([
      {
        path: 'auth.type',
        value: 'static',
        from: '#/components/securitySchemes/a',
      },
      {
        path: 'baseUrl',
        value: 'https://api.example/v1',
        from: '#/servers/0/url',
      },
      {
        path: 'auth.headers.X-A',
        value: 'X-A',
        from: '#/components/securitySchemes/a',
      },
      {
        path: 'auth.query.b',
        value: 'b',
        from: '#/components/securitySchemes/b',
      },
    ]);
  });

  it('reads Swagger 2.0', async () => {
    const proposal = await propose({
      swagger: '2.0',
      host: 'api.example',
      securityDefinitions: {
        a: { type: 'basic' },
        b: header('X-Key'),
        c: query('key'),
      },
      security: [{ a: [] }, { b: [], c: [] }],
    });
    expect(names(proposal)).toEqual(['a', 'b + c']);
    expect(draft(proposal, 'b + c')).toMatchObject({
      baseUrl: 'https://api.example',
      auth: { headers: { 'X-Key': SECRET }, query: { key: SECRET } },
    });
  });

  it.each([
    [{ type: 'apiKey', in: 'cookie', name: 'sid' }, 'cookie', 'apiKey'],
    [{ type: 'http', scheme: 'digest' }, 'http_scheme', 'http digest'],
    [{ type: 'http' }, 'incomplete', 'http'],
    [header('Host'), 'header', 'apiKey Host'],
    [header('X Key'), 'header', 'apiKey X Key'],
    [query('__proto__'), 'header', 'apiKey __proto__'],
    [{ type: 'apiKey', in: 'header' }, 'incomplete', 'apiKey'],
    [{ type: 'apiKey', name: 'X-Key' }, 'incomplete', 'apiKey'],
    [{ type: 'apiKey', name: 'X', in: 'body' }, 'unknown', 'apiKey body'],
    [{ type: 'telepathy' }, 'unknown', 'telepathy'],
  ])('says why %j is left out', async (scheme, reason, type) => {
    const proposal = await propose(openApi({ it: scheme }));
    expect(proposal.keys).toEqual([]);
    expect(proposal.others).toEqual([
      { name: 'it', type, reason, from: '#/components/securitySchemes/it' },
    ]);
    expect(draft(proposal)).toMatchObject({
      title: 'Things',
      baseUrl: 'https://api.example/v1',
      auth: { type: 'none' },
    });
  });
});

describe('N7: schemes that calls need together', () => {
  const KEYS = {
    api: header('X-Api-Key'),
    app: header('X-App-Key'),
    alone: query('key'),
  };

  it('are one alternative, and each of the others is another', async () => {
    const proposal = await propose(
      openApi(KEYS, {
        security: [{ api: [], app: [] }],
        paths: {
          '/a': { get: {} },
          '/b': { get: { security: [{ app: [], api: [] }, { alone: [] }] } },
          '/c': { get: { security: [{}] } },
        },
      }),
    );
    expect(names(proposal)).toEqual(['api + app', 'alone']);
    expect(draft(proposal, 'api + app').auth).toEqual({
      type: 'static',
      headers: { 'X-Api-Key': SECRET, 'X-App-Key': SECRET },
    });
  });

  it('are one by one where the document requires none', async () => {
    const proposal = await propose(openApi(KEYS));
    expect(names(proposal)).toEqual(['api', 'app', 'alone']);
  });

  it('are alternatives if both are sent in the same header', async () => {
    const proposal = await propose(
      openApi(
        {
          basic: { type: 'http', scheme: 'basic' },
          raw: header('authorization'),
        },
        { security: [{ basic: [], raw: [] }] },
      ),
    );
    expect(names(proposal)).toEqual(['basic', 'raw']);
  });

  it('leave out a cookie', async () => {
    const proposal = await propose(
      openApi(
        { ...KEYS, cookie: { type: 'apiKey', in: 'cookie', name: 'sid' } },
        { security: [{ api: [], cookie: [] }] },
      ),
    );
    expect(names(proposal)).toEqual(['api', 'app', 'alone']);
  });

  it('are sent together with the token of a scheme', async () => {
    const proposal = await propose(
      openApi(
        { ...KEYS, token: TOKEN },
        {
          security: [{ token: [], api: [] }],
          paths: {
            '/a': { get: {}, put: {} },
            '/b': { get: { security: [{ token: [] }] } },
          },
        },
      ),
    );
    expect(names(proposal)).toEqual(['app', 'alone']);
    expect(draft(proposal, 'token', 'clientCredentials')).toMatchObject({
      auth: { grantType: 'client_credentials' },
      api: { headers: { 'X-Api-Key': SECRET } },
    });
  });

  it("don't replace the token of a scheme", async () => {
    const proposal = await propose(
      openApi(
        { token: TOKEN, bearer: { type: 'http', scheme: 'bearer' } },
        { security: [{ token: [], bearer: [] }] },
      ),
    );
    expect(proposal.schemes[0].keys).toBeUndefined();
  });
});

describe('N7: client certificates of an API', () => {
  const SCHEMES = {
    tls: { type: 'mutualTLS', description: 'From our CA' },
    api: header('X-Key'),
    token: TOKEN,
  };
  const from = '#/components/securitySchemes/tls';
  const certificate = {
    scheme: 'tls',
    place: 'certificate',
    description: 'From our CA',
    from,
  };
  const required = (...schemes: (keyof typeof SCHEMES)[]) =>
    propose(
      openApi(Object.fromEntries(schemes.map(name => [name, SCHEMES[name]])), {
        security: [Object.fromEntries(schemes.map(name => [name, []]))],
      }),
    );

  it('can be the only credential', async () => {
    const proposal = await required('tls');
    expect(proposal).toMatchObject({ schemes: [], others: [] });
    expect(proposal.keys).toEqual([{ name: 'tls', keys: [certificate] }]);
    const { origins, ...settings } = draft(proposal, 'tls');
    expect(settings).toMatchObject({
      auth: { type: 'none' },
      importedFrom: { scheme: 'tls', clientCertificate: true },
    });
    expect(origins[0]).toEqual({ path: 'auth.type', value: 'none', from });
    expect(settings).not.toHaveProperty('clientCertificate');
  });

  it('can be combined with a key', async () => {
    const proposal = await required('api', 'tls');
    expect(names(proposal)).toEqual(['api + tls']);
    const { auth, origins, importedFrom } = draft(proposal, 'api + tls');
    expect(importedFrom).toMatchObject({ clientCertificate: true });
    expect(auth).toEqual({ type: 'static', headers: { 'X-Key': SECRET } });
    expect(origins[0]).toMatchObject({ path: 'auth.type', value: 'static' });
  });

  it('can be combined with a token', async () => {
    const proposal = await required('token', 'tls');
    expect(proposal.keys).toEqual([]);
    expect(proposal.schemes[0].keys).toEqual([certificate]);
    const settings = draft(proposal, 'token', 'clientCredentials');
    expect(settings.auth).toMatchObject({ grantType: 'client_credentials' });
    expect(settings).not.toHaveProperty('api');
    expect(settings.importedFrom).toMatchObject({ clientCertificate: true });
  });
});

describe('N7: a document without a usable scheme', () => {
  it.each([
    {},
    { components: null },
    { components: { securitySchemes: [] } },
    { components: { securitySchemes: {} }, security: [{ gone: [] }] },
  ])('keeps title and base URL: %j', async rest => {
    const proposal = await propose({ ...openApi({}), ...rest });
    expect(proposal).toMatchObject({ schemes: [], keys: [], others: [] });
    const { origins, ...settings } = draft(proposal);
    expect(settings).toEqual({
      title: 'Things',
      baseUrl: 'https://api.example/v1',
      auth: { type: 'none' },
      importedFrom: {
        title: 'Things',
        endpoints: { server: 'https://api.example/v1' },
        scopes: [],
        servers: [{ url: 'https://api.example/v1' }],
      },
    });
  });

  it('says which key it has not', async () => {
    const proposal = await propose(openApi({}));
    expect(() => draft(proposal, 'gone')).toThrow(
      "The document has no key 'gone'",
    );
  });
});

const name = fc.oneof(
  fc.constantFrom('X-Key', 'x-key', 'Authorization', 'Host', 'a b', ''),
  fc.constantFrom('key', '__proto__', 'constructor', 'ключ', 'a\r\nb'),
  fc.string({ maxLength: 250 }),
);
const scheme = fc.oneof(
  fc.record({
    type: fc.constant('apiKey'),
    in: fc.constantFrom('header', 'query', 'cookie'),
    name,
  }),
  fc.record({
    type: fc.constant('http'),
    scheme: fc.constantFrom('basic', 'bearer', 'Bearer', 'digest'),
  }),
  fc.constantFrom({ type: 'mutualTLS' }, TOKEN),
);

it('N7: every scheme of a generated document is taken or left out with a reason, and every draft is valid', async () => {
  let drafts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), scheme, {
        noNullPrototype: true,
      }),
      fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e']), { maxLength: 4 }),
      async (schemes, requirements) => {
        const proposal = await propose(
          openApi(schemes, {
            security: requirements.map(together =>
              Object.fromEntries(together.map(each => [each, []])),
            ),
          }),
        );
        for (const { name: each } of proposal.keys) {
          draft(proposal, each);
          drafts += 1;
        }
        for (const { name: each } of proposal.schemes) {
          draft(proposal, each, 'clientCredentials');
        }
        const tokens = proposal.schemes.map(each => each.name);
        const besideTokens = requirements.filter(together =>
          together.some(each => tokens.includes(each)),
        );
        const said = [
          ...tokens,
          ...proposal.keys.flatMap(({ keys }) => keys.map(key => key.scheme)),
          ...proposal.others.map(other => other.name),
          ...besideTokens.flat(),
        ];
        expect(
          Object.keys(schemes).filter(each => !said.includes(each)),
        ).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
  expect(drafts).toBeGreaterThan(100);
});
