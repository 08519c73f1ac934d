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

const OLD = 'https://login.example/token';
const NEW = 'https://new.example/token';

const documentWith = (tokenUrl: string, scheme = 'things') =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Things', version: '1.0.0' },
    components: {
      securitySchemes: {
        [scheme]: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl, scopes: {} } },
        },
      },
    },
  });

const definition = (owner: string, document: string) => ({
  owner: `user:default/${owner}`,
  spec: { type: 'openapi', definition: document },
});

describe('GET /datasources/{name}/description-changes', () => {
  const entities: CatalogEntities = {};
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
      features: [createCatalog(entities)],
    });
    jane = await app.user('user:default/jane');
  });

  afterAll(async () => {
    await app.stop();
    await server.stop();
  });

  /** Saves a datasource that was imported with the old token URL. */
  async function imported(
    name: string,
    from: { entityRef?: string; url?: string },
    tokenUrl = OLD,
  ) {
    const { status } = await jane('POST', '/datasources', {
      name,
      consumers: ['consumer-a'],
      auth: { grantType: 'client_credentials', token: { url: tokenUrl } },
      importedFrom: {
        ...from,
        scheme: 'things',
        flow: 'clientCredentials',
        // A document at a URL without servers means the server of that URL.
        endpoints: { tokenUrl: OLD, ...(from.url && { server: '/' }) },
      },
    });
    expect(status).toBe(201);
  }

  const changes = async (name: string, caller = jane) =>
    (await caller('GET', `/datasources/${name}/description-changes`)).body;

  it('S4.16 says which endpoint of the catalog entity changed, until the settings match', async () => {
    const entityRef = 'api:default/things';
    entities[entityRef] = definition('jane', documentWith(OLD));
    await imported('things', { entityRef });
    expect(await changes('things')).toEqual({ comparable: true, changes: [] });

    entities[entityRef] = definition('jane', documentWith(NEW));
    expect(await changes('things')).toEqual({
      comparable: true,
      changes: [{ endpoint: 'tokenUrl', was: OLD, now: NEW }],
    });
    await imported('follows', { entityRef }, NEW);
    expect((await changes('follows')).changes).toEqual([]);
  });

  it('threats 39: proposes a changed token URL, but sends no stored secret there', async () => {
    const entityRef = 'api:default/moved';
    entities[entityRef] = definition('jane', documentWith(OLD));
    await imported('moved', { entityRef });
    const write = async (tokenUrl: string, clientSecret?: string) => {
      const { body, headers } = await jane('GET', '/datasources/moved');
      const { name, consumers, importedFrom } = body;
      return jane(
        'PUT',
        '/datasources/moved',
        {
          name,
          consumers,
          importedFrom,
          auth: {
            grantType: 'client_credentials',
            clientId: 'client',
            ...(clientSecret && { clientSecret }),
            token: { url: tokenUrl },
          },
        },
        { 'if-match': headers.get('etag') ?? `"${body.version}"` },
      );
    };
    expect((await write(OLD, 'hush')).status).toBe(200);

    entities[entityRef] = definition('jane', documentWith(NEW));
    expect((await changes('moved')).changes).toEqual([
      { endpoint: 'tokenUrl', was: OLD, now: NEW },
    ]);
    const { body } = await jane('GET', '/datasources/moved');
    expect(body.auth.token.url).toBe(OLD);

    const followed = await write(NEW);
    expect(followed.status).toBe(400);
    expect(followed.body.error.message).toContain('Re-enter the secrets');
    expect((await write(NEW, 'hush')).status).toBe(200);
  });

  it('says that the scheme was removed', async () => {
    const entityRef = 'api:default/gone';
    entities[entityRef] = definition('jane', documentWith(OLD, 'another'));
    await imported('gone', { entityRef });
    expect((await changes('gone')).changes).toEqual([
      { endpoint: 'flow', was: 'things, clientCredentials' },
    ]);
  });

  it("reads the catalog as the caller, and reveals nothing of an entity they can't see", async () => {
    const entityRef = 'api:default/janes';
    entities[entityRef] = definition('jane', documentWith(NEW));
    await imported('janes', { entityRef });
    expect((await changes('janes')).changes).toHaveLength(1);
    const bob = await app.user('user:default/bob');
    expect(await changes('janes', bob)).toEqual({
      comparable: true,
      changes: [],
      unreadable: `Entity '${entityRef}' doesn't exist, or you don't have permission to view it.`,
    });
  });

  it("threats 7: fetches a URL once for all readers, within the egress rules, and says why it can't be read", async () => {
    server.behave(text(documentWith(NEW), 'application/json'));
    const url = `${server.url}/api.json`;
    await imported('at-url', { url });
    const before = server.requests.length;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => changes('at-url')),
    );
    expect(answers.map(answer => answer.changes.length)).toEqual(
      Array(5).fill(1),
    );
    expect((await changes('at-url')).changes[0].now).toBe(NEW);
    expect(server.requests).toHaveLength(before + 1);

    await imported('inside', { url: 'https://10.0.0.1/api.json' });
    expect(await changes('inside')).toEqual({
      comparable: true,
      changes: [],
      unreadable: expect.stringContaining("isn't allowed to call this address"),
    });
  });

  it('compares nothing if the document was pasted, or nothing was imported', async () => {
    await imported('pasted', {});
    await jane('POST', '/datasources', {
      name: 'by-hand',
      auth: { grantType: 'client_credentials' },
    });
    const none = { comparable: false, changes: [] };
    expect([await changes('pasted'), await changes('by-hand')]).toEqual([
      none,
      none,
    ]);
  });

  it('allows readers, and rejects plugins and unauthenticated requests', async () => {
    const plugin = app.bearer(await app.pluginToken('consumer-a'));
    const path = '/datasources/pasted/description-changes';
    expect((await plugin('GET', path)).status).toBe(404);
    expect((await app.anonymous('GET', path)).status).toBe(401);
    expect(
      (await jane('GET', '/datasources/nothing/description-changes')).status,
    ).toBe(404);
  });
});
