import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTestBackend, TestBackend } from '@backstage/backend-test-utils';
import { DatasourceAuthService } from './DatasourceAuthService';
import { datasourceAuthServiceRef } from './datasourceAuthServiceRef';

describe('datasourceAuthServiceRef', () => {
  const callers: Array<{ credentials: BackstageCredentials; token: string }> =
    [];
  const services: Record<string, DatasourceAuthService> = {};
  let backend: TestBackend;

  /** Returns the identity of the caller, with the framework's real authentication. */
  const datasourceAuth = createBackendPlugin({
    pluginId: 'datasource-auth',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          http.use(async (req, res, next) => {
            try {
              const credentials = await httpAuth.credentials(req);
              const token = req.headers.authorization!;
              callers.push({ credentials, token });
              const { subject } = credentials.principal as { subject: string };
              res.json({
                accessToken: `token of ${subject}`,
                expiresAt: Date.now() + 3_600_000,
                headers: { Authorization: 'x' },
                query: {},
                secrets: [],
                version: '1',
                allowedHosts: [],
                rejectedStatuses: [401],
              });
            } catch (error) {
              next(error);
            }
          });
        },
      });
    },
  });

  const consumer = (pluginId: string) =>
    createBackendPlugin({
      pluginId,
      register(env) {
        env.registerInit({
          deps: { tokens: datasourceAuthServiceRef },
          async init({ tokens }) {
            services[pluginId] = tokens;
          },
        });
      },
    });

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        datasourceAuth,
        consumer('first'),
        consumer('second'),
      ],
    });
  });
  afterAll(() => backend.stop());

  it('S0.29 S3.4: uses the identity of each plugin and shares nothing between plugins', async () => {
    const datasource = 'pagerduty';
    const first = await services.first.getToken({ datasource });
    const second = await services.second.getToken({ datasource });
    const again = await services.first.getToken({ datasource });
    expect(first.accessToken).toBe('token of plugin:first');
    expect(second.accessToken).toBe('token of plugin:second');
    expect(again).toBe(first);
    expect(
      callers.map(({ credentials }) => (credentials.principal as any).subject),
    ).toEqual(['plugin:first', 'plugin:second']);
  });

  it('signs one Backstage token for many requests', async () => {
    callers.length = 0;
    for (const datasource of ['a', 'b', 'c'])
      await services.first.getToken({ datasource });
    expect(new Set(callers.map(({ token }) => token)).size).toBe(1);
    expect(callers).toHaveLength(3);
  });
});
