import {
  createMockDirectory,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { freePort } from 'runner';
import { OnePluginBackend } from './__testUtils__/OnePluginBackend';

jest.setTimeout(180_000);

/** External callers; the subject of one is the name of a plugin. */
const OUTSIDE = 'static-token-of-an-outside-caller';
const PRETENDER = 'static-token-of-a-caller-with-a-borrowed-name';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Uses PostgreSQL if available, as installations with several processes do. The test is about processes. */
describe.each(databases.eachSupportedId().slice(-1))(
  'the sample consumer in one process and datasource-auth in another, on %p',
  databaseId => {
    const folder = createMockDirectory();
    let provider: DemoProvider;
    let consumer: OnePluginBackend;
    let datasourceAuth: OnePluginBackend;
    let startDatasourceAuth: () => Promise<OnePluginBackend>;

    const machine = (consumers: string[]) => ({
      baseUrl: `${provider.url}/api`,
      consumers,
      auth: {
        grantType: 'client_credentials',
        clientId: 'demo-machine',
        clientSecret: 'demo-only-machine-secret',
        token: { url: `${provider.url}/token` },
        scopes: ['read'],
      },
    });

    beforeAll(async () => {
      provider = await createDemoProvider({
        ...{ recordIssued: true, accessTokenSeconds: 3_600 },
      });
      const [consumerPort, datasourceAuthPort] = [
        await freePort(),
        await freePort(),
      ];
      const shared: JsonObject = {
        app: { baseUrl: 'http://localhost:3000' },
        discovery: {
          endpoints: [
            endpoint('sample-consumer', consumerPort),
            endpoint('datasource-auth', datasourceAuthPort),
          ],
        },
        backend: {
          database: await databaseConfig(databaseId),
          auth: {
            externalAccess: [
              external(OUTSIDE, 'outside'),
              external(PRETENDER, 'plugin:sample-consumer'),
            ],
          },
        },
        datasourceAuth: {
          encryption: { keys: [{ id: 'k1', secret: 'k'.repeat(40) }] },
          egress: { allow: ['localhost'], allowHttp: ['localhost'] },
          datasources: {
            mine: machine(['sample-consumer']),
            foreign: machine(['somebody-else']),
          },
        },
      };
      startDatasourceAuth = () =>
        OnePluginBackend.start({
          plugin: 'datasource-auth',
          port: datasourceAuthPort,
          folder: folder.path,
          config: shared,
        });
      datasourceAuth = await startDatasourceAuth();
      consumer = await OnePluginBackend.start({
        plugin: 'sample-consumer',
        port: consumerPort,
        folder: folder.path,
        config: shared,
      });
    });

    afterAll(async () => {
      await Promise.all([consumer?.stop(), datasourceAuth?.stop()]);
      await provider?.close();
    });

    async function databaseConfig(id: TestDatabaseId): Promise<JsonObject> {
      if (id === 'SQLITE_3') {
        return {
          client: 'better-sqlite3',
          connection: { directory: folder.resolve('database') },
        };
      }
      const knex = await databases.init(id);
      return {
        client: 'pg',
        connection: knex.client.config.connection,
        pluginDivisionMode: 'schema',
      };
    }

    const consume = (name: string, bearer = OUTSIDE) =>
      consumer.call(`/${name}`, { bearer });

    it('S0.29: calls the API with a token received over HTTP, proven by the keys of the other process', async () => {
      const { status, body } = await consume('mine');
      expect({ status, api: body.status, client: body.body.client }).toEqual({
        status: 200,
        api: 200,
        client: 'demo-machine',
      });
      expect(JSON.stringify(body)).not.toContain(provider.issued[0].value);
    });

    it("is rejected if it isn't a consumer, with the type, code and link of the other process", async () => {
      const { status, body } = await consume('foreign');
      expect(status).toBe(403);
      expect(body.error).toMatchObject({
        name: 'DatasourceConsumerNotAllowedError',
        code: 'consumer_not_allowed',
        link: 'http://localhost:3000/datasource-auth/foreign',
      });
    });

    it('threats 11: returns nothing to an external caller, even with the name of the plugin', async () => {
      for (const bearer of [OUTSIDE, PRETENDER]) {
        const { status, body } = await datasourceAuth.call(
          '/datasources/mine/token',
          { bearer, method: 'POST' },
        );
        expect({ status, code: body.error.code }).toEqual({
          status: 403,
          code: 'not_a_plugin',
        });
      }
    });

    it('keeps using the same token while the other process is down and after its restart', async () => {
      const before = (await consume('mine')).body.tokenFingerprint;
      const issued = provider.issued.length;
      await datasourceAuth.stop();

      const away = await consume('mine');
      expect(away.status).toBe(200);
      const unknown = await consume('foreign');
      expect(unknown.status).toBe(503);
      expect(unknown.body.error.code).toBe('datasource_unavailable');

      datasourceAuth = await startDatasourceAuth();
      const back = await datasourceAuth.call('/datasources/mine', {
        bearer: OUTSIDE,
      });
      expect(back.body.status.state).toBe('AUTHORIZED');
      expect((await consume('mine')).body.tokenFingerprint).toBe(before);
      expect(provider.issued).toHaveLength(issued);
    });
  },
);

function endpoint(plugin: string, port: number): JsonObject {
  return {
    target: `http://localhost:${port}/api/{{pluginId}}`,
    plugins: [plugin],
  };
}

function external(token: string, subject: string): JsonObject {
  return { type: 'static', options: { token, subject } };
}
