import { setTimeout as sleep } from 'node:timers/promises';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- both run in the one backend of this test
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import catalogModuleSampleThings from './index';

jest.setTimeout(60_000);

const BEARER = 'static-token-of-an-outside-caller';
const TASK = 'sample-things:demo';

describe('the sample catalog module, the catalog, the datasource-auth backend and the demo provider', () => {
  const scheduler = mockServices.scheduler();
  let provider: DemoProvider;
  let backend: TestBackend;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleSampleThings,
        datasourceAuthPlugin,
        authServiceFactory,
        httpAuthServiceFactory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              auth: {
                externalAccess: [
                  {
                    type: 'static',
                    options: { token: BEARER, subject: 'outside' },
                  },
                ],
              },
            },
            catalog: {
              processingInterval: { seconds: 1 },
              providers: {
                sampleThings: {
                  datasource: 'demo',
                  schedule: {
                    frequency: { minutes: 5 },
                    timeout: { minutes: 1 },
                  },
                },
              },
            },
            datasourceAuth: {
              encryption: { keys: [{ id: 'k1', secret: 'k'.repeat(40) }] },
              egress: { allow: ['localhost'], allowHttp: ['localhost'] },
              datasources: {
                demo: {
                  baseUrl: `${provider.url}/api`,
                  consumers: ['catalog'],
                  auth: {
                    grantType: 'client_credentials',
                    clientId: 'demo-machine',
                    clientSecret: 'demo-only-machine-secret',
                    token: { url: `${provider.url}/token` },
                    scopes: ['read'],
                  },
                },
              },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await provider?.close();
  });

  const get = async (path: string) => {
    const response = await fetch(
      `http://localhost:${backend.server.port()}/api/${path}`,
      { headers: { authorization: `Bearer ${BEARER}` } },
    );
    return response.json();
  };

  it('S0.29 add the things of the protected API to the catalog, run by run, with the identity of the catalog', async () => {
    await scheduler.triggerTask(TASK);
    const things = await eventually(async () => {
      const { items } = await get(
        'catalog/entities/by-query?filter=kind=resource',
      );
      return items?.length === 2 ? items : undefined;
    });
    expect(things.map(({ metadata }: any) => metadata.title).sort()).toEqual([
      'A first thing',
      'A second thing',
    ]);
    await scheduler.triggerTask(TASK);
    expect(provider.issued).toHaveLength(1);

    await scheduler.triggerTask('datasource-auth-usage-flush');
    const usage = await get('datasource-auth/datasources/demo/consumers');
    expect(usage.items).toEqual([
      expect.objectContaining({ plugin: 'catalog', allowed: true }),
    ]);
    const entities = JSON.stringify(things);
    expect(entities).not.toContain(provider.issued[0].value);
  });
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
}
