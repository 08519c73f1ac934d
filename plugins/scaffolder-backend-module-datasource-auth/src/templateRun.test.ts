import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- all of them run in the one backend of this test
import authPlugin from '@backstage/plugin-auth-backend';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- all of them run in the one backend of this test
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import { createDemoProvider, DemoProvider, LeakDetector } from 'demo-provider';
import { parse } from 'yaml';
import scaffolderModuleDatasourceAuth from './index';

jest.setTimeout(60_000);

const TEMPLATE = parse(
  readFileSync(resolve(__dirname, '../../../examples/template.yaml'), 'utf8'),
);

/** Reads who the API takes the caller for, through a datasource of any kind. */
const READ_ME = {
  ...TEMPLATE,
  metadata: { ...TEMPLATE.metadata, name: 'read-me' },
  spec: {
    ...TEMPLATE.spec,
    steps: [
      {
        ...{ id: 'check', name: 'Check', action: 'datasource:check' },
        input: { datasource: '${{ parameters.title }}' },
      },
      {
        ...{ id: 'me', name: 'Read', action: 'datasource:fetch' },
        input: { datasource: '${{ parameters.title }}', path: '/me' },
      },
    ],
    output: { client: '${{ steps.me.output.body.client }}' },
  },
};

const API_KEY = 'demo-only-api-key';
const JWT_SECRET = 'demo-only-jwt-secret-of-more-than-32-bytes';

describe('examples/template.yaml, run by the scaffolder with real tokens', () => {
  let provider: DemoProvider;
  let backend: TestBackend;
  /** Permissions that the guest doesn't have. */
  let denied: string | undefined;

  const permissions = {
    authorize: async (requests: unknown[]) =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async (requests: any[], { credentials }: any) =>
      requests.map(({ permission }) => ({
        result:
          credentials.principal.userEntityRef === 'user:default/ann' &&
          permission.name === denied
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
  } as unknown as PermissionsService;

  async function start(consumers: string[]) {
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleDatasourceAuth,
        datasourceAuthPlugin,
        authPlugin,
        guestProvider,
        catalogServiceMock.factory({ entities: [TEMPLATE, READ_ME] }),
        authServiceFactory,
        httpAuthServiceFactory,
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => permissions,
        }),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: {
              providers: {
                guest: {
                  userEntityRef: 'user:default/ann',
                  dangerouslyAllowOutsideDevelopment: true,
                },
              },
            },
            permission: { enabled: true },
            datasourceAuth: {
              encryption: { keys: [{ id: 'k1', secret: 'k'.repeat(40) }] },
              egress: { allow: ['localhost'], allowHttp: ['localhost'] },
              datasources: {
                'demo-machine': {
                  baseUrl: `${provider.url}/api`,
                  consumers,
                  auth: {
                    grantType: 'client_credentials',
                    clientId: 'demo-machine',
                    clientSecret: 'demo-only-machine-secret',
                    token: { url: `${provider.url}/token` },
                    scopes: ['read', 'write'],
                  },
                },
                'demo-key': {
                  baseUrl: `${provider.url}/api`,
                  consumers,
                  auth: {
                    type: 'static',
                    headers: { 'X-API-Key': { secret: true, value: API_KEY } },
                  },
                },
                'demo-jwt': {
                  baseUrl: `${provider.url}/api`,
                  consumers,
                  auth: {
                    type: 'jwt',
                    assertion: {
                      key: JWT_SECRET,
                      alg: 'HS256',
                      issuer: 'demo-backstage',
                      audience: `${provider.url}/api`,
                    },
                  },
                },
              },
            },
          },
        }),
      ],
    });
  }

  beforeEach(async () => {
    denied = undefined;
    provider = await createDemoProvider({ recordIssued: true });
  });

  afterEach(async () => {
    await backend?.stop();
    await provider?.close();
  });

  async function call(path: string, body?: object): Promise<any> {
    const api = `http://localhost:${backend.server.port()}/api`;
    const signIn = await fetch(`${api}/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await signIn.json();
    const response = await fetch(`${api}/scaffolder/v2/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${backstageIdentity.token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return response.json();
  }

  /** Runs the template to its end. Returns the task and everything that was logged about it. */
  async function run(
    template: string = 'demo-add-thing',
    title: string = 'A thing of a template',
  ) {
    const { id } = await call('tasks', {
      templateRef: `template:default/${template}`,
      values: { title },
    });
    let task: any;
    do {
      await sleep(100);
      task = await call(`tasks/${id}`);
    } while (!['completed', 'failed'].includes(task.status));
    const events: any[] = await call(`tasks/${id}/events`);
    return { task, events };
  }

  it('S0.29: calls the API through the datasource, and never reveals the token', async () => {
    await start(['scaffolder']);
    const { task, events } = await run();
    expect(events.at(-1).body).toMatchObject({
      message: 'Run completed with status: completed',
      output: {
        id: 3,
        text: [
          {
            title: 'There are 3 things now',
            content: 'Number 3 is **A thing of a template**.',
          },
        ],
      },
    });
    expect(provider.counts.apiCalls.ok).toBe(2);
    expect(provider.issued).toHaveLength(1);
    const detector = LeakDetector.create([
      provider.issued[0].value,
      'demo-only-machine-secret',
    ]);
    const told = JSON.stringify([task, events]);
    expect(detector.leaks(told)).toEqual([]);
    // It includes what actions log.
    expect(told).toContain("Datasource 'demo-machine' is authorized");
  });

  it.each([
    ['demo-key', 'api-key'],
    ['demo-jwt', 'demo-backstage'],
  ])(
    'N1 N3: calls the API of %s, and never reveals what it sent',
    async (name, client) => {
      await start(['scaffolder']);
      const { task, events } = await run('read-me', name);
      expect(events.at(-1).body).toMatchObject({
        message: 'Run completed with status: completed',
        output: { client },
      });
      const told = JSON.stringify([task, events]);
      const detector = LeakDetector.create([API_KEY, JWT_SECRET]);
      expect(detector.leaks(told)).toEqual([]);
      expect(told).not.toContain('eyJhbGciOiJIUzI1NiJ9');
      expect(told).toContain(`Datasource '${name}' is authorized`);
    },
  );

  it("threats 14: fails if the scaffolder isn't an allowed plugin, and says where to add it", async () => {
    await start(['somebody-else']);
    const { task, events } = await run();
    expect(task.status).toBe('failed');
    expect(events.at(-1).body.error).toEqual({
      name: 'DatasourceConsumerNotAllowedError',
      message:
        "Plugin 'scaffolder' may not get tokens of datasource 'demo-machine'. Add it to the consumers at http://localhost:3000/datasource-auth/demo-machine",
    });
    expect(provider.counts.apiCalls.ok).toBe(0);
  });

  it('threats 14: fails if the user who runs it may not use the datasource, even if the scaffolder may', async () => {
    denied = 'datasource-auth.datasource.use';
    await start(['scaffolder']);
    const { task, events } = await run();
    expect(task.status).toBe('failed');
    expect(events.at(-1).body.error).toEqual({
      name: 'DatasourceConsumerNotAllowedError',
      message:
        "You don't have permission to use datasource 'demo-machine' (datasource-auth.datasource.use).",
    });
    expect(provider.counts.apiCalls.ok).toBe(0);
  });
});
