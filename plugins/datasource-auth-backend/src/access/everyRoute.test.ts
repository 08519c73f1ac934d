import { JsonObject } from '@backstage/types';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { datasourceAuthPermissions } from 'backstage-plugin-datasource-auth-common';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import {
  fragmentOf,
  visitCallback,
  visitProvider,
} from '../__testUtils__/browser';
import { databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import { secretOf } from '../__testUtils__/invitation';
import { permissionFramework } from '../__testUtils__/permissionFramework';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { LocalServer, json } from '../egress/__testUtils__/LocalServer';
import { everyRoute } from '../http/__testUtils__/everyRoute';
import {
  CALLERS,
  CallerKind,
  uniqueName,
  Line,
  WHO_MAY,
  World,
} from './__testUtils__/whoMay';

jest.setTimeout(120_000);

const MANAGER = 'user:default/jane';
const READER = 'user:default/reader';
const GUEST = 'user:development/guest';

/**
 * The manager may do everything, the reader read, the guest nothing. Backstage itself decides about external
 * tokens.
 */
const policy = async (
  { permission }: { permission: { name: string } },
  user?: { info: { userEntityRef: string } },
): Promise<PolicyDecision> => {
  const who = user?.info.userEntityRef;
  const allowed =
    who === MANAGER ||
    (who === READER && permission.name === 'datasource-auth.datasource.read');
  return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
};

const external = (token: string, subject: string, permission?: string[]) => ({
  type: 'static',
  options: { token, subject },
  ...(permission && {
    accessRestrictions: [{ plugin: 'datasource-auth', permission }],
  }),
});

const backend: JsonObject = {
  baseUrl: 'http://localhost:7007',
  auth: {
    externalAccess: [
      external(
        'token-naming-all',
        'automation',
        datasourceAuthPermissions.map(({ name }) => name),
      ),
      external('token-naming-other', 'reports', ['catalog.entity.read']),
      external('token-of-no-plugin', 'plugin:consumer-a'),
    ],
  },
};

describe.each(['on', 'off'] as const)(
  'threats 10–12, [checklist 48]: every route, for every kind of caller, with permissions %s',
  permissions => {
    let provider: DemoProvider;
    let api: LocalServer;
    let app: RunningDatasourceAuth;
    let manager: ApiClient;
    let shared: World;
    const callers = new Map<CallerKind, ApiClient>();

    beforeAll(async () => {
      provider = await createDemoProvider();
      api = await LocalServer.start(json({}));
      app = await startDatasourceAuth({
        knex: await databases.init('SQLITE_3'),
        config: { backend, permission: { enabled: permissions === 'on' } },
        datasourceAuth: {
          access: { managers: [MANAGER] },
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
        },
        features: permissionFramework(policy),
      });
      manager = await app.user(MANAGER);
      const plugin = async (
        id: 'consumer-a' | 'consumer-b',
        userRef?: string,
      ) => app.bearer(await app.pluginToken(id, { userRef }));
      const clients: Record<CallerKind, ApiClient> = {
        nobody: app.anonymous,
        'guest without rights': await app.user(GUEST),
        reader: await app.user(READER),
        manager,
        'plugin on the list': await plugin('consumer-a'),
        'plugin not on the list': await plugin('consumer-b'),
        'external token that names every permission':
          app.bearer('token-naming-all'),
        'external token that names another permission':
          app.bearer('token-naming-other'),
        'static token called plugin:consumer-a':
          app.bearer('token-of-no-plugin'),
        'plugin on the list, for the manager': await plugin(
          'consumer-a',
          MANAGER,
        ),
        'plugin on the list, for the guest': await plugin('consumer-a', GUEST),
        'plugin not on the list, for the manager': await plugin(
          'consumer-b',
          MANAGER,
        ),
      };
      CALLERS.forEach(kind => callers.set(kind, clients[kind]));
      shared = await createWorld();
    });

    afterAll(async () => {
      await app?.stop();
      await api?.stop();
      await provider?.close();
    });

    async function begin(settings: object) {
      const { body } = await manager('POST', '/authorizations', { settings });
      return body;
    }

    async function createWorld(): Promise<World> {
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
      const settings = (name: string) => ({
        ...machine(name, provider.url, ['consumer-a']),
        baseUrl: `http://localhost:${api.port}`,
        gateway: { routes: [{ methods, path: '/**' }] },
      });
      const datasource = uniqueName();
      const { id } = await begin(settings(datasource));
      const saved = await manager('POST', '/datasources', {
        ...settings(datasource),
        credential: { action: 'replace', authorizationId: id },
      });
      expect(saved.body.status.state).toBe('AUTHORIZED');
      const attempt = () => begin(web(uniqueName(), provider.url));
      const forPerson = async () => {
        const { body } = await manager(
          'POST',
          '/datasources',
          web(uniqueName(), provider.url),
        );
        return body.name as string;
      };
      return {
        ...{ issuer: provider.url, settings, datasource },
        version: saved.body.version,
        granted: async () =>
          (await begin(machine(uniqueName(), provider.url))).id,
        ticket: async () => (await attempt()).ticket,
        forPerson,
        asked: async (name?: string) => {
          const answer = await manager('POST', '/authorization-requests', {
            datasource: name ?? (await forPerson()),
          });
          return { id: answer.body.id, secret: secretOf(answer) };
        },
        returned: async () => {
          const begun = await attempt();
          const { callback, cookie } = await visitProvider(app, begun.ticket);
          const back = await visitCallback(app, callback, cookie);
          const completion = fragmentOf(back).get('completion')!;
          return { id: begun.id, completion };
        },
      };
    }

    async function answerTo(
      kind: CallerKind,
      operation: string,
      line: Line,
    ): Promise<string> {
      const world = line.spends ? await createWorld() : shared;
      const { path, body, headers } = await line.call(world);
      const [method] = operation.split(' ');
      const answer = await callers.get(kind)!(method, path, body, headers);
      return answer.status === 200 && answer.body.items?.length === 0
        ? 'none'
        : String(answer.status);
    }

    it('has exactly one line for each route, those of the OpenAPI document first', () => {
      expect(Object.keys(WHO_MAY).sort()).toEqual(everyRoute());
    });

    it.each(Object.entries(WHO_MAY))('%s', async (operation, line) => {
      const expected = line[permissions].split(' ');
      expect(expected).toHaveLength(CALLERS.length);
      const answers: string[] = [];
      for (const kind of CALLERS) {
        answers.push(`${kind}: ${await answerTo(kind, operation, line)}`);
      }
      expect(answers).toEqual(
        CALLERS.map((kind, index) => `${kind}: ${expected[index]}`),
      );
    });
  },
);
