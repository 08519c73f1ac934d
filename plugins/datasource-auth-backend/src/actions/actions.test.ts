import {
  coreServices,
  createBackendPlugin,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { actionsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import express from 'express';
import Router from 'express-promise-router';
import { databases } from '../__testUtils__/databases';
import { machine, web } from '../__testUtils__/demoSettings';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(60_000);

const LIST = 'datasource-auth:list-datasources';
const NOT_FOUND = { message: 'Request failed with 404 Not Found' };
const EXPLAIN = 'datasource-auth:explain-datasource-status';

/** Runs actions for the user of a request or for itself, like an MCP server. */
const assistantPlugin = createBackendPlugin({
  pluginId: 'assistant',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsServiceRef,
        auth: coreServices.auth,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ actions, auth, httpAuth, httpRouter }) {
        const router = Router();
        router.use(express.json());
        router.post('/:who', async (req, res) => {
          const credentials =
            req.params.who === 'plugin'
              ? await auth.getOwnServiceCredentials()
              : await httpAuth.credentials(req);
          const { id, input } = req.body;
          res.json(
            id
              ? await actions.invoke({ id, input, credentials })
              : await actions.list({ credentials }),
          );
        });
        httpRouter.use(router);
      },
    });
  },
});

/** Mallory may read nothing. */
const permissions = {
  authorizeConditional: async (_: unknown, { credentials }: any) => [
    {
      result:
        credentials.principal.userEntityRef === 'user:default/mallory'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    },
  ],
  authorize: async () => [{ result: AuthorizeResult.ALLOW }],
} as unknown as PermissionsService;

describe('actions', () => {
  let provider: DemoProvider;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    const declared = (settings: any, change: object = {}) => ({
      ...settings,
      name: undefined,
      owner: 'group:default/sales',
      ...change,
    });
    app = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
      features: [assistantPlugin],
      permissions,
      config: {
        backend: {
          baseUrl: 'http://localhost:7007',
          actions: { pluginSources: ['datasource-auth'] },
        },
      },
      datasourceAuth: {
        datasources: {
          working: declared(machine('working', provider.url, '*')),
          waiting: declared(web('waiting', provider.url), {
            consumers: ['assistant'],
          }),
          incomplete: declared(machine('incomplete', provider.url), {
            consumers: ['somebody-else'],
            auth: { grantType: 'client_credentials', clientId: 'x' },
          }),
        },
      },
    });
    jane = await app.user('user:default/jane');
    await app.consume('consumer-a', 'working');
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const ask = async (
    id: string,
    input: object,
    options: { as?: ApiClient; who?: 'user' | 'plugin' } = {},
  ) => {
    const { as = jane, who = 'user' } = options;
    const path = app.url.replace('datasource-auth', `assistant/${who}`);
    const { status, body } = await as('POST', path, { id, input });
    return status === 200 ? body.output : body.error;
  };

  it('are exactly two, read-only, described with examples, and never return a token', async () => {
    const path = app.url.replace('datasource-auth', 'assistant/user');
    const { actions } = (await jane('POST', path, {})).body;
    expect(actions.map(({ id }: any) => id)).toEqual([LIST, EXPLAIN]);
    for (const { attributes, examples, schema, description } of actions) {
      expect(attributes).toEqual({
        readOnly: true,
        destructive: false,
        idempotent: true,
      });
      expect(examples).not.toHaveLength(0);
      expect(description).toMatch(/never returns a token or a secret/);
      expect(Object.keys(schema.output.properties).join()).not.toMatch(
        /token/i,
      );
    }
  });

  it('list what the user may see, starting with what needs a person', async () => {
    const { datasources } = await ask(LIST, {});
    expect(datasources).toEqual([
      {
        name: 'waiting',
        title: 'waiting',
        owner: 'group:default/sales',
        state: 'NOT_AUTHORIZED',
        reason: 'No credential yet.',
        link: 'http://localhost:3000/datasource-auth/waiting',
      },
      expect.objectContaining({ name: 'incomplete', state: 'NOT_CONFIGURED' }),
      expect.objectContaining({ name: 'working', state: 'AUTHORIZED' }),
    ]);
  });

  it('list page by page, by state and search text', async () => {
    const first = await ask(LIST, { limit: 2 });
    expect(first.datasources).toHaveLength(2);
    const { datasources } = await ask(LIST, { cursor: first.nextCursor });
    expect(datasources.map(({ name }: any) => name)).toEqual(['working']);
    for (const input of [{ state: 'NOT_CONFIGURED' }, { search: 'incompl' }]) {
      const found = await ask(LIST, input);
      expect(found.datasources.map(({ name }: any) => name)).toEqual([
        'incomplete',
      ]);
    }
  });

  it('explain the status of a datasource, and what to do', async () => {
    expect(await ask(EXPLAIN, { datasource: 'waiting' })).toEqual({
      name: 'waiting',
      title: 'waiting',
      state: 'NOT_AUTHORIZED',
      reason: 'No credential yet.',
      remediationSteps: ['Open the page and select "Get new credential".'],
      link: 'http://localhost:3000/datasource-auth/waiting',
      owner: 'group:default/sales',
    });
    expect(await ask(EXPLAIN, { datasource: 'working' })).toMatchObject({
      state: 'AUTHORIZED',
      remediationSteps: ['Nothing. Backstage refreshes it automatically.'],
      expiresAt: expect.stringMatching(/^20\d\d-.*Z$/),
    });
    expect(await ask(EXPLAIN, { datasource: 'incomplete' })).toMatchObject({
      state: 'NOT_CONFIGURED',
      remediationSteps: [
        'Set Client secret, Token URL under datasourceAuth.datasources.incomplete in the configuration.',
      ],
    });
  });

  it('threats 14: respond to a user without read as if nothing existed', async () => {
    const mallory = await app.user('user:default/mallory');
    expect(await ask(LIST, {}, { as: mallory })).toEqual({ datasources: [] });
    expect(
      await ask(EXPLAIN, { datasource: 'waiting' }, { as: mallory }),
    ).toMatchObject(NOT_FOUND);
    expect(
      await ask(EXPLAIN, { datasource: 'nowhere' }, { as: mallory }),
    ).toMatchObject(NOT_FOUND);
  });

  it('return to a plugin as itself only the datasources that allow it, without settings', async () => {
    const asPlugin = { who: 'plugin' as const };
    const { datasources } = await ask(LIST, {}, asPlugin);
    expect(datasources.map(({ name }: any) => name)).toEqual([
      'waiting',
      'working',
    ]);
    expect(await ask(EXPLAIN, { datasource: 'waiting' }, asPlugin)).toEqual({
      name: 'waiting',
      title: 'waiting',
      state: 'NOT_AUTHORIZED',
      reason: 'No credential yet.',
      remediationSteps: [
        'Ask someone who manages datasources to open the page.',
      ],
      link: 'http://localhost:3000/datasource-auth/waiting',
    });
    expect(
      await ask(EXPLAIN, { datasource: 'incomplete' }, asPlugin),
    ).toMatchObject(NOT_FOUND);
  });

  it('reject requests without authentication', async () => {
    const { status } = await app.anonymous(
      'POST',
      `/.backstage/actions/v1/actions/${encodeURIComponent(LIST)}/invoke`,
      {},
    );
    expect(status).toBe(401);
  });

  it('S3.24: never return a token or a secret', async () => {
    const answers = JSON.stringify([
      await ask(LIST, {}),
      await ask(EXPLAIN, { datasource: 'working' }),
      await ask(EXPLAIN, { datasource: 'waiting' }),
    ]);
    expect(provider.issued.length).toBeGreaterThan(0);
    for (const { value } of provider.issued)
      expect(answers).not.toContain(value);
    expect(answers).not.toContain('demo-only');
  });
});
