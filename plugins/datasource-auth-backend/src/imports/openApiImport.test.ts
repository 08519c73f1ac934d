import { openApiDraft } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { CatalogEntities, createCatalog } from '../__testUtils__/catalog';
import { databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { LocalServer, text } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(60_000);

const DOCUMENT = [
  'openapi: 3.0.3',
  'info: { title: Things, version: 1.0.0 }',
  'components:',
  '  securitySchemes:',
  '    things:',
  '      type: oauth2',
  '      flows:',
  '        clientCredentials:',
  '          tokenUrl: https://login.example/token',
  '          scopes: { read: Read things }',
].join('\n');

/** The catalog by reference. Jane can't see Bob's entity. */
const ENTITIES: CatalogEntities = {
  'api:default/things': {
    owner: 'user:default/jane',
    spec: { type: 'openapi', definition: DOCUMENT },
  },
  'api:default/bobs': {
    owner: 'user:default/bob',
    spec: { type: 'openapi', definition: DOCUMENT },
  },
  'api:default/events': {
    owner: 'user:default/jane',
    spec: { type: 'asyncapi', definition: 'asyncapi: 2.0.0' },
  },
  'component:default/page': { owner: 'user:default/jane', spec: {} },
};

describe('POST /imports/openapi', () => {
  let server: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    server = await LocalServer.start();
    knex = await databases.init('SQLITE_3');
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
      },
      features: [createCatalog(ENTITIES)],
      // All other addresses are literal, so nothing depends on a name server.
      resolve: async () => {
        throw Object.assign(new Error('getaddrinfo ENOTFOUND'), {
          code: 'ENOTFOUND',
        });
      },
    });
    jane = await app.user('user:default/jane');
  });

  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  const importing = (body: unknown) => jane('POST', '/imports/openapi', body);

  const refusal = async (body: unknown) => {
    const answer = await importing(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('invalid_request');
    return answer.body.error;
  };

  it('S4.3 proposes settings from a document, and saves nothing', async () => {
    const { status, body } = await importing({ document: DOCUMENT });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: 'Things',
      schemes: [
        {
          name: 'things',
          flows: [
            {
              grantType: 'client_credentials',
              tokenUrl: { value: 'https://login.example/token' },
              scopes: [{ scope: 'read', description: 'Read things' }],
            },
          ],
        },
      ],
    });
    expect((await jane('GET', '/datasources')).body.items).toEqual([]);
  });

  it('S4.3 reads a document from a URL, its references, and follows redirects', async () => {
    server.behave((response, request) => {
      const answer = {
        '/docs': text('', 'text/plain', 302, { location: '/v2/api.json' }),
        '/v2/api.json': text(
          JSON.stringify({
            openapi: '3.1.0',
            components: { securitySchemes: { o: { $ref: 'auth.yaml#/o' } } },
          }),
          'application/json',
        ),
        '/v2/auth.yaml': text(
          'o: { type: oauth2, flows: { password: { tokenUrl: /token } } }',
          'text/plain',
        ),
      }[request.path];
      return (answer ?? text('', 'text/plain', 404))(response, request);
    });
    const { body } = await importing({ url: `${server.url}/docs` });
    expect(body).toMatchObject({
      url: `${server.url}/v2/api.json`,
      servers: [{ url: '/', from: '#' }],
      schemes: [
        {
          flows: [
            {
              tokenUrl: {
                value: '/token',
                from: `${server.url}/v2/auth.yaml#/o/flows/password/tokenUrl`,
              },
            },
          ],
        },
      ],
    });
    expect(server.requests.slice(-3).map(({ headers }) => headers)).toEqual(
      Array(3).fill(
        expect.not.objectContaining({ authorization: expect.anything() }),
      ),
    );
  });

  it('S4.3 reads the definition of a catalog entity as the current user', async () => {
    const { body } = await importing({ entityRef: 'api:things' });
    expect(body).toMatchObject({
      title: 'Things',
      entityRef: 'api:default/things',
      schemes: [{ name: 'things' }],
    });
  });

  it.each([
    ['api:default/bobs', "Entity 'api:default/bobs' doesn't exist"],
    ['api:default/nobodys', "Entity 'api:default/nobodys' doesn't exist"],
    ['component:default/page', 'has no API definition'],
    ['api:default/events', 'is of type asyncapi'],
    [':', 'Not an entity reference'],
  ])('says what is wrong with the entity %s', async (entityRef, message) => {
    const error = await refusal({ entityRef });
    expect(error.message).toContain(message);
    expect(error.fields).toEqual({ entityRef: error.message });
  });

  it.each([
    ['a page', text('<!doctype html><html>', 'text/html'), 'a web page'],
    ['404', text('{}', 'application/json', 404), 'returned 404'],
    [
      'too much',
      text(Buffer.alloc(68_000_000, 32), 'text/plain'),
      'larger than 64 MB',
    ],
    [
      'a circle',
      text('', 'text/plain', 307, { location: '/again' }),
      'redirects more than 3 times',
    ],
    [
      'no description',
      text('a: b', 'text/plain'),
      "This isn't an API description",
    ],
  ])('explains a URL that returns %s', async (_, behave, message) => {
    server.behave(behave);
    const error = await refusal({ url: `${server.url}/x` });
    expect(error.message).toContain(message);
    expect(error.fields).toEqual({ url: error.message });
  });

  it.each([
    ['no address', 'Not a URL'],
    [
      'https://10.0.0.1/openapi.json',
      "Backstage isn't allowed to call this address",
    ],
    [
      'http://api.example/openapi.json',
      "Backstage isn't allowed to call this address",
    ],
    [
      'https://169.254.169.254/latest',
      "Backstage isn't allowed to call this address",
    ],
    ['file:///etc/passwd', "Backstage isn't allowed to call this address"],
    ['https://nowhere.invalid/openapi.json', 'was not found'],
  ])('threats 7: rejects the URL %s', async (url, message) => {
    expect((await refusal({ url })).message).toContain(message);
  });

  it('threats 7: follows no redirect or reference that the egress rules forbid', async () => {
    server.behave(
      text('', 'text/plain', 302, { location: 'http://10.0.0.1/' }),
    );
    const error = await refusal({ url: `${server.url}/x` });
    expect(error.message).toContain("isn't allowed to call");
    const { body } = await importing({
      document: JSON.stringify({
        openapi: '3.0.0',
        components: {
          securitySchemes: {
            inside: { $ref: 'https://10.0.0.1/auth.json' },
            good: { type: 'oauth2', flows: { password: {} } },
          },
        },
      }),
    });
    expect(body.notes[0]).toMatch(
      /^#\/components\/securitySchemes\/inside: 'https:\/\/10\.0\.0\.1\/auth\.json' can't be read\. Backstage isn't allowed to call/,
    );
  });

  it('says which URLs in a document may not be called', async () => {
    const { body } = await importing({
      document: DOCUMENT.replace('https://', 'http://'),
    });
    expect(body.schemes[0].flows[0].tokenUrl.problem).toMatchObject({
      code: 'blocked',
      message: expect.stringContaining('http'),
    });
  });

  it.each([
    [{}],
    [{ document: DOCUMENT, url: 'https://a.example' }],
    [{ document: '' }],
    [{ document: { openapi: '3.0.0' } }],
    [{ file: '/etc/passwd' }],
  ])('rejects the body %j', async body => {
    expect((await refusal(body)).message).not.toBe('');
  });

  it('accepts a body of 64 MB with everything escaped', async () => {
    const fill = Array(600_000).fill('"'.padEnd(100, 'x'));
    const document = JSON.stringify(
      {
        openapi: '3.0.3',
        info: { title: 'Things' },
        components: { securitySchemes: { o: { type: 'oauth2', flows: {} } } },
        'x-fill': fill,
      },
      null,
      2,
    );
    expect(document.length).toBeGreaterThan(60e6);
    const { status, body } = await importing({ document });
    expect([status, body.title]).toEqual([200, 'Things']);
    const larger = await refusal({ document: '#\n'.repeat(33_600_000) });
    expect(larger.message).toContain('larger than 64 MB');
    const largest = await importing({ document: '#'.repeat(131 * 1024 ** 2) });
    expect(largest.status).toBe(413);
  }, 180_000);

  it('requires the create permission, and reads no other body', async () => {
    const mallory = await app.user('user:default/mallory');
    const large = { document: '#\n'.repeat(9_000_000) };
    const answers = await Promise.all([
      mallory('POST', '/imports/openapi', { document: DOCUMENT }),
      mallory('POST', '/imports/openapi', large),
      app.bearer(await app.pluginToken('consumer-a'))(
        'POST',
        '/imports/openapi',
        { document: DOCUMENT },
      ),
      app.bearer('static-token-3')('POST', '/imports/openapi', {
        document: DOCUMENT,
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await app.anonymous('POST', '/imports/openapi', {})).status).toBe(
      401,
    );
  });

  it('S4.5 S4.6 S4.9 S4.16 can create many datasources, each with all values and its own client, scopes and token URL', async () => {
    const offered = Array.from({ length: 12 }, (_, index) => ({
      scope: `things:${index}`,
      description: `Allows ${index}`,
    }));
    const { body: proposal } = await importing({
      document: JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Things', version: '2.1' },
        servers: [
          { url: 'https://api.example', description: 'Live' },
          { url: 'https://sandbox.example' },
        ],
        components: {
          securitySchemes: {
            things: {
              type: 'oauth2',
              flows: {
                clientCredentials: {
                  tokenUrl: 'https://login.example/token',
                  scopes: Object.fromEntries(
                    offered.map(({ scope, description }) => [
                      scope,
                      description,
                    ]),
                  ),
                },
              },
            },
          },
        },
      }),
    });
    const { settings } = openApiDraft(proposal, {
      scheme: 'things',
      flow: 'clientCredentials',
      scopes: ['things:3'],
    });
    for (const name of ['first', 'second']) {
      const { status } = await jane('POST', '/datasources', {
        ...settings,
        name,
        auth: { ...settings.auth, clientId: `client-of-${name}` },
      });
      expect(status).toBe(201);
    }
    const { status } = await jane(
      'PUT',
      '/datasources/second',
      {
        ...settings,
        name: 'second',
        auth: {
          ...settings.auth,
          clientId: 'client-of-second',
          token: { url: 'https://own.example/token' },
          scopes: ['things:1', 'things:2'],
        },
      },
      { 'if-match': '"1"' },
    );
    expect(status).toBe(200);

    const read = async (name: string) =>
      (await jane('GET', `/datasources/${name}`)).body;
    const [first, second] = [await read('first'), await read('second')];
    expect(first.auth).toMatchObject({
      clientId: 'client-of-first',
      token: { url: 'https://login.example/token' },
      scopes: ['things:3'],
    });
    expect(second.auth).toMatchObject({
      clientId: 'client-of-second',
      token: { url: 'https://own.example/token' },
      scopes: ['things:1', 'things:2'],
    });
    for (const { importedFrom } of [first, second]) {
      expect(importedFrom).toMatchObject({
        title: 'Things',
        version: '2.1',
        scheme: 'things',
        endpoints: { tokenUrl: 'https://login.example/token' },
        scopes: offered,
        servers: [
          { url: 'https://api.example', description: 'Live' },
          { url: 'https://sandbox.example' },
        ],
      });
    }
  });

  it("says if the catalog isn't installed", async () => {
    const bare = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
    });
    try {
      const { status, body } = await (
        await bare.user('user:default/jane')
      )('POST', '/imports/openapi', { entityRef: 'api:default/things' });
      expect(status).toBe(400);
      expect(body.error.message).toBe(
        "The catalog isn't installed in this Backstage. Paste the document or enter its URL.",
      );
    } finally {
      await bare.stop();
    }
  });
});
