import { createHmac } from 'node:crypto';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- both run in the one backend of this test
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import {
  DatasourceAuthService,
  datasourceAuthServiceRef,
} from 'backstage-plugin-datasource-auth-node';
import sampleConsumerPlugin from './index';

const API_KEY = 'key-of-the-api';
const JWT_SECRET = 'secret-of-the-api-with-more-than-32-bytes';

const BEARER = 'static-token-of-an-outside-caller';

/** An authorization server for client credentials, and the API for its tokens, for a key and for signed JWTs. */
class Provider {
  /** Clients that got a token, in order. */
  readonly grants: string[] = [];
  /** What the API was called with. */
  readonly calls: string[] = [];
  /** Calls that the API rejects from now on, whatever they have. */
  rejects = 0;
  readonly #server: Server = createServer((req, res) => this.#answer(req, res));

  async start() {
    // A connection that the server closes while it is idle could still be chosen for the next request.
    this.#server.keepAliveTimeout = 0;
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(req: IncomingMessage, res: any) {
    req.resume();
    res.setHeader('content-type', 'application/json');
    if (req.url === '/token') {
      const basic = String(req.headers.authorization).replace('Basic ', '');
      const [client] = Buffer.from(basic, 'base64').toString().split(':');
      this.grants.push(client);
      res.end(
        JSON.stringify({
          access_token: `granted-${this.grants.length}`,
          token_type: 'Bearer',
          expires_in: 3_600,
        }),
      );
      return;
    }
    const key = String(req.headers['x-key']);
    const [, bearer = ''] =
      /^Bearer (.*)$/.exec(req.headers.authorization ?? '') ?? [];
    this.calls.push(bearer || key);
    const isKnown =
      /^granted-\d+$/.test(bearer) || key === API_KEY || isSigned(bearer);
    const isRejected = this.rejects > 0;
    if (isRejected) this.rejects -= 1;
    res.statusCode = isKnown && !isRejected ? 200 : 401;
    res.end(JSON.stringify({ path: req.url }));
  }
}

/** Whether a JWT has the API's secret, audience and time. */
function isSigned(token: string): boolean {
  const [header, payload, signature] = token.split('.');
  if (!signature) return false;
  const expected = createHmac('sha256', JWT_SECRET)
    .update(`${header}.${payload}`)
    .digest('base64url');
  const { aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return signature === expected && aud === 'things' && exp * 1_000 > Date.now();
}

describe('a consumer, the datasource-auth backend and a provider', () => {
  const provider = new Provider();
  let backend: TestBackend;
  let url: string;
  let picker: DatasourceAuthService;

  /** A plugin that lets its users choose a datasource it may use. */
  const pickerPlugin = createBackendPlugin({
    pluginId: 'picker',
    register(env) {
      env.registerInit({
        deps: { tokens: datasourceAuthServiceRef },
        async init({ tokens }) {
          picker = tokens;
        },
      });
    },
  });

  beforeAll(async () => {
    const origin = await provider.start();
    const datasource = (clientId: string, consumers: string[]) => ({
      baseUrl: `${origin}/api`,
      consumers,
      auth: {
        grantType: 'client_credentials',
        clientId,
        clientSecret: 'a-secret',
        token: { url: `${origin}/token` },
      },
    });
    backend = await startTestBackend({
      features: [
        datasourceAuthPlugin,
        sampleConsumerPlugin,
        pickerPlugin,
        authServiceFactory,
        httpAuthServiceFactory,
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
            datasourceAuth: {
              encryption: { keys: [{ id: 'k1', secret: 'k'.repeat(40) }] },
              access: { managers: ['user:default/ann'] },
              egress: { allow: ['localhost'], allowHttp: ['localhost'] },
              datasources: {
                mine: datasource('mine', ['sample-consumer']),
                foreign: datasource('foreign', ['picker']),
                key: {
                  baseUrl: `${origin}/api`,
                  consumers: ['sample-consumer'],
                  auth: {
                    type: 'static',
                    headers: { 'X-Key': { secret: true, value: API_KEY } },
                  },
                },
                jwt: {
                  baseUrl: `${origin}/api`,
                  consumers: ['sample-consumer'],
                  auth: {
                    type: 'jwt',
                    assertion: {
                      key: JWT_SECRET,
                      alg: 'HS256',
                      audience: 'things',
                    },
                  },
                },
                incomplete: {
                  ...datasource('incomplete', ['sample-consumer']),
                  auth: { grantType: 'client_credentials' },
                },
              },
            },
          },
        }),
      ],
    });
    url = `http://localhost:${backend.server.port()}/api/sample-consumer`;
  });
  afterAll(async () => {
    await backend?.stop();
    await provider.stop();
  });

  const get = async (name: string) => {
    const response = await fetch(`${url}/${name}`, {
      headers: { authorization: `Bearer ${BEARER}` },
    });
    return { status: response.status, body: await response.json() };
  };

  it('S0.29 S3.4: authenticates many callers implicitly, with one grant', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get('mine')),
    );
    for (const { status, body } of answers)
      expect({ status, body: body.body }).toEqual({
        status: 200,
        body: { path: '/api/me' },
      });
    expect(provider.grants.filter(client => client === 'mine')).toEqual([
      'mine',
    ]);
  });

  it('N1: calls an API with a key, and repeats no call that it rejects', async () => {
    expect((await get('key')).status).toBe(200);
    provider.calls.length = 0;
    provider.rejects = 1;
    expect((await get('key')).status).not.toBe(200);
    expect(provider.calls).toEqual([API_KEY]);
    expect((await get('key')).status).toBe(200);
  });

  it('N3: calls an API with a signed JWT, and replaces a rejected one once', async () => {
    expect((await get('jwt')).status).toBe(200);
    provider.calls.length = 0;
    provider.rejects = 1;
    expect((await get('jwt')).status).toBe(200);
    expect(new Set(provider.calls).size).toBe(2);
    provider.calls.length = 0;
    provider.rejects = 1;
    await get('jwt');
    expect(provider.calls).toHaveLength(1);
    expect((await get('jwt')).status).toBe(200);
  });

  it.each([
    ['foreign', 403, 'consumer_not_allowed'],
    ['incomplete', 409, 'datasource_not_configured'],
    ['unknown', 404, 'not_found'],
  ])("S3.25: says why the datasource %s can't be used", async (...expected) => {
    const [name, status, code] = expected;
    const answer = await get(name);
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({
      status,
      code,
    });
  });

  it('S3.25: lists to a plugin what it may use, and hides the rest', async () => {
    expect((await picker.list()).map(({ name }) => name)).toEqual(['foreign']);
    const { status } = await picker.getStatus({ datasource: 'foreign' });
    expect(status.state).toMatch(/^(NOT_)?AUTHORIZED$/);
    await expect(
      picker.getStatus({ datasource: 'mine' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not refresh a token that was issued seconds ago, and keeps using it', async () => {
    const token = await picker.getToken({ datasource: 'foreign' });
    const grants = provider.grants.length;
    await expect(
      picker.reportRejected({
        datasource: 'foreign',
        version: token.version,
      }),
    ).rejects.toMatchObject({ code: 'datasource_unavailable' });
    expect(provider.grants).toHaveLength(grants);
    expect(await picker.getToken({ datasource: 'foreign' })).toBe(token);
  });
});
