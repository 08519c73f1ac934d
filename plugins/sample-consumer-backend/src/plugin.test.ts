import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  DatasourceAuthError,
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-node';
import request from 'supertest';
import sampleConsumerPlugin from './index';

/** An API that accepts one token at a time. */
class Api {
  token = 'first-token';
  status = 200;
  readonly paths: string[] = [];
  readonly #server: Server = createServer((req, res) => {
    this.paths.push(req.url!);
    const isKnown = req.headers.authorization === `Bearer ${this.token}`;
    res.statusCode = isKnown ? this.status : 401;
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ login: 'robot' }));
  });

  async start() {
    // A connection that the server closes while it is idle could still be chosen for the next request.
    this.#server.keepAliveTimeout = 0;
    await new Promise<void>(resolve => this.#server.listen(0, resolve));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

/** Only the token endpoint of the datasource-auth backend. */
function tokenCall(answer: (body: any, name: string) => object) {
  return createBackendPlugin({
    pluginId: 'datasource-auth',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use(async (req, res, next) => {
            try {
              let text = '';
              for await (const chunk of req) text += chunk;
              res.json(answer(JSON.parse(text), req.path.split('/')[2]));
            } catch (error) {
              next(error);
            }
          });
        },
      });
    },
  });
}

describe('sample-consumer', () => {
  const api = new Api();
  let apiUrl: string;
  let backend: TestBackend | undefined;

  beforeAll(async () => {
    apiUrl = await api.start();
  });
  afterEach(() => backend?.stop());
  afterAll(() => api.stop());
  beforeEach(() => {
    Object.assign(api, { token: 'first-token', status: 200 });
    api.paths.length = 0;
  });

  const token = (accessToken: string) => ({
    accessToken,
    expiresAt: Date.now() + 3_600_000,
    headers: { Authorization: `Bearer ${accessToken}` },
    query: {},
    secrets: [],
    kept: {},
    baseUrl: `${apiUrl}/api`,
    allowedHosts: [],
    rejectedStatuses: [401],
    egress: { allow: ['localhost'], allowHttp: ['localhost'], only: [] },
    version: accessToken,
  });

  async function start(
    answer: (body: any, name: string) => object,
    config: object = {},
  ) {
    backend = await startTestBackend({
      features: [
        sampleConsumerPlugin,
        tokenCall(answer),
        mockServices.rootConfig.factory({ data: config as any }),
      ],
    });
    const { server } = backend;
    return {
      get: (name: string) =>
        request(server).get(`/api/sample-consumer/${name}`),
    };
  }

  it('S0.29 S3.25: calls the API of a datasource by name, authenticated automatically', async () => {
    const { get } = await start(() => token('first-token'));
    const { status, body, text } = await get('pagerduty');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        datasource: 'pagerduty',
        status: 200,
        body: { login: 'robot' },
        tokenFingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
    });
    expect(text).not.toContain('first-token');
    expect(api.paths).toEqual(['/api/me']);
  });

  it('S3.4: shows by the fingerprint that two calls share a token, and that a rejected one was replaced', async () => {
    const { get } = await start(({ rejectedVersion }) =>
      token(rejectedVersion ? 'second-token' : 'first-token'),
    );
    const first = await get('pagerduty');
    const again = await get('pagerduty');
    expect(again.body.tokenFingerprint).toBe(first.body.tokenFingerprint);
    api.token = 'second-token';
    const third = await get('pagerduty');
    expect(third.status).toBe(200);
    expect(third.body.tokenFingerprint).not.toBe(first.body.tokenFingerprint);
  });

  it('calls the configured path', async () => {
    const { get } = await start(() => token('first-token'), {
      sampleConsumer: { path: '/users/self' },
    });
    await get('pagerduty');
    expect(api.paths).toEqual(['/api/users/self']);
  });

  const link = 'https://backstage.example.com/datasource-auth/pagerduty';
  it.each([
    {
      error: new DatasourceNotConfiguredError('no client id', { link }),
      status: 409,
    },
    {
      error: new DatasourceNotAuthorizedError('nobody authorized it', { link }),
      status: 409,
    },
    {
      error: new DatasourceConsumerNotAllowedError('not on the list', { link }),
      status: 403,
    },
    {
      error: new DatasourceUnavailableError('the provider is away', { link }),
      status: 503,
    },
    {
      error: new DatasourceAuthError('No datasource', {
        code: 'not_found',
        statusCode: 404,
      }),
      status: 404,
    },
  ])(
    'passes $error.name on with its code, message and link',
    async ({ error, status }) => {
      const { get } = await start(() => {
        throw error;
      });
      const answer = await get('pagerduty');
      expect(answer.status).toBe(status);
      expect(answer.body.error).toEqual(
        expect.objectContaining({
          name: error.name,
          code: error.code,
          message: error.message,
          ...(error.link && { link: error.link }),
        }),
      );
    },
  );

  it("says what the API returned, and never passes on its 401 as Backstage's own", async () => {
    const { get } = await start(() => token('a-token-nobody-knows'));
    const refused = await get('pagerduty');
    expect(refused.status).toBe(502);
    expect(refused.body.error).toEqual(
      expect.objectContaining({
        message: "The API of datasource 'pagerduty' returned HTTP 401",
        apiStatus: 401,
      }),
    );
  });

  it('says if the backend plugin is missing', async () => {
    backend = await startTestBackend({ features: [sampleConsumerPlugin] });
    const { status, body } = await request(backend.server).get(
      '/api/sample-consumer/pagerduty',
    );
    expect(status).toBe(501);
    expect(body.error).toEqual(
      expect.objectContaining({
        code: 'not_installed',
        message: expect.stringContaining('is not installed'),
      }),
    );
  });
});
