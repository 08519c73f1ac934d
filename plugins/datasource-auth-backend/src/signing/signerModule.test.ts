import { generateKeyPairSync, sign } from 'node:crypto';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { signersExtensionPoint } from 'backstage-plugin-datasource-auth-node';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { jwtVerify } from 'jose';
import { Knex } from 'knex';
import { databaseIds, databases } from '../__testUtils__/databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(60_000);

const ISSUER = 'robot@project.example';

describe.each(databaseIds())('N4: a signer module on %s', databaseId => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  const signedFor: string[] = [];
  let provider: DemoProvider;
  let server: LocalServer;
  let trap: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  beforeAll(async () => {
    provider = await createDemoProvider({
      recordIssued: true,
      trustedIssuers: {
        [ISSUER]: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      },
      clients: [
        {
          id: 'service',
          secret: 'unused-secret',
          name: 'Service',
          grants: ['urn:ietf:params:oauth:grant-type:jwt-bearer'],
          scope: 'read write',
          authentication: 'none',
        },
      ],
    });
    server = await LocalServer.start(
      json({ access_token: 'token', token_type: 'Bearer', expires_in: 60 }),
    );
    trap = await LocalServer.start();
    // The key never enters the plugin: it is in this module, as it would be in a key management system.
    const module = createBackendModule({
      pluginId: 'datasource-auth',
      moduleId: 'test-signer',
      register(reg) {
        reg.registerInit({
          deps: { signers: signersExtensionPoint },
          async init({ signers }) {
            signers.register('kms', {
              origins: [provider.url, server.url],
              audiences: [`${provider.url}/token`, `${server.url}/token`],
              datasources: ['robot', 'client'],
              sign: async ({ datasource, data }) => {
                signedFor.push(datasource);
                return sign('sha256', data, privateKey);
              },
            });
          },
        });
      },
    });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      features: [module],
      datasourceAuth: {
        egress: {
          allow: ['localhost', '127.0.0.1'],
          allowHttp: ['localhost', '127.0.0.1'],
        },
      },
    });
    jane = await app.user('user:default/jane');
  });
  beforeEach(() => {
    trap.requests.length = 0;
    signedFor.length = 0;
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.close();
    await server?.stop();
    await trap?.stop();
  });

  const robot = (
    name = 'robot',
    auth: object = {},
    assertion: object = {},
  ) => ({
    name,
    baseUrl: `${provider.url}/api`,
    testPath: '/me',
    consumers: '*',
    auth: {
      grantType: 'jwt_bearer',
      clientId: 'service',
      token: { url: `${provider.url}/token` },
      scopes: ['read'],
      assertion: {
        signer: 'kms',
        issuer: ISSUER,
        subject: 'jane',
        ...assertion,
      },
      ...auth,
    },
  });
  const attempt = async (settings: object) =>
    (await jane('POST', '/authorizations', { settings })).body;

  it('signs the assertion of a grant that a real server verifies', async () => {
    const { id, status } = await attempt(robot());
    expect(status).toBe('granted');
    const { body } = await jane('POST', '/datasources', {
      ...robot(),
      credential: { action: 'replace', authorizationId: id },
    });
    expect(body.status.state).toBe('AUTHORIZED');
    expect(body.auth.assertion).toMatchObject({ signer: 'kms' });
    const token = await app.consume('consumer-a', 'robot');
    const me = await fetch(`${provider.url}/api/me`, {
      headers: { authorization: `Bearer ${token.body.accessToken}` },
    });
    expect(me.status).toBe(200);
    expect(signedFor).toEqual(['robot']);
  });

  it('signs the assertion of a client, verified by jose', async () => {
    const { status } = await attempt({
      name: 'client',
      auth: {
        grantType: 'client_credentials',
        clientId: 'service',
        clientAuthentication: 'private_key_jwt',
        clientAssertion: { signer: 'kms', kid: 'k1' },
        token: { url: `${server.url}/token` },
      },
    });
    expect(status).toBe('granted');
    const { payload, protectedHeader } = await jwtVerify(
      server.last.form.get('client_assertion')!,
      publicKey,
      {
        issuer: 'service',
        subject: 'service',
        audience: `${server.url}/token`,
      },
    );
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: 'k1' });
    expect(payload.jti).toEqual(expect.any(String));
  });

  it('signs the JWT that an API gets, for its own datasource and base URL', async () => {
    const settings = (more: object = {}) => ({
      name: 'client',
      baseUrl: `${server.url}/api`,
      testPath: '/me',
      consumers: '*',
      ...more,
      auth: {
        type: 'jwt',
        assertion: {
          signer: 'kms',
          issuer: 'backstage',
          audience: `${server.url}/token`,
        },
      },
    });
    const saved = await jane('POST', '/datasources', settings());
    expect(saved.body.status.state).toBe('AUTHORIZED');
    const { body } = await app.consume('consumer-a', 'client');
    const [, jwt] = body.headers.Authorization.split(' ');
    const { payload } = await jwtVerify(jwt, publicKey);
    expect(payload).toMatchObject({ iss: 'backstage' });
    const tested = await jane('POST', '/datasources/client/test');
    expect(tested.body.ok).toBe(true);
    signedFor.length = 0;
    const moved = await jane(
      'PUT',
      '/datasources/client',
      settings({ baseUrl: trap.url }),
      { 'if-match': `"${saved.body.version}"` },
    );
    expect(moved.status).toBe(200);
    const refused = await app.consume('consumer-a', 'client');
    expect(refused.body.error.message).toContain(
      `The signer 'kms' signs nothing that is sent to ${trap.url}`,
    );
    const attemptTest = await jane('POST', '/datasources/client/test');
    expect(JSON.stringify(attemptTest.body)).toContain('signs nothing');
    expect([signedFor, trap.requests]).toEqual([[], []]);
    // A plugin uses it, so only this deletes it.
    const deleted = await jane('DELETE', '/datasources/client?force=true');
    expect(deleted.status).toBe(204);
  });

  it('replaces a stored key, which is forgotten and no secret at rest any more', async () => {
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const saved = await jane('GET', '/datasources/robot');
    const put = async (settings: object, version: number) =>
      jane('PUT', '/datasources/robot', settings, {
        'if-match': `"${version}"`,
      });
    const withKey = await put(
      robot('robot', {}, { signer: undefined, key: pem }),
      saved.body.version,
    );
    expect(withKey.body.auth.assertion.key).toMatchObject({ set: true });
    const withSigner = await put(robot(), withKey.body.version);
    expect(withSigner.status).toBe(200);
    expect(withSigner.body.auth.assertion.key).toBeUndefined();
    const health = await jane('GET', '/health');
    expect(
      health.body.checks.find(({ id }: { id: string }) => id === 'secrets')
        .detail,
    ).toBe('None are stored.');
  });

  it('requires either a key or a signer', async () => {
    const both = await jane(
      'POST',
      '/datasources',
      robot('both', {}, { key: 'pem' }),
    );
    expect(both.status).toBe(400);
    expect(both.body.error.fields).toEqual({
      'auth.assertion.signer':
        'Remove the signer or the key: only one of them can sign.',
    });
    const neither = await jane(
      'POST',
      '/datasources',
      robot('neither', {}, { signer: undefined }),
    );
    expect(neither.body.status.missing).toEqual(['auth.assertion.key']);
  });

  it.each<[string, () => object, RegExp]>([
    [
      'a token URL at another host',
      () =>
        robot('robot-2', {
          token: { url: `${trap.url}/token` },
        }),
      /isn't for datasource 'robot-2'/,
    ],
    [
      'a token URL at another host, for its own datasource',
      () => ({
        ...robot('client', { token: { url: `${trap.url}/token` } }),
      }),
      /signs nothing that is sent to http:\/\/127\.0\.0\.1/,
    ],
    [
      'another audience',
      () => robot('client', {}, { audience: 'https://other.example.com' }),
      /doesn't sign for this audience/,
    ],
    [
      'a name that no module registered',
      () => robot('client', {}, { signer: 'hsm' }),
      /There is no signer 'hsm'/,
    ],
  ])(
    'threats 40: %s gets an error and no signature',
    async (_, settings, message) => {
      const { error } = await attempt(settings());
      expect(error.code).toBe('settings_invalid');
      expect(error.cause).toMatch(message);
      expect(signedFor).toEqual([]);
      expect(trap.requests).toEqual([]);
    },
  );

  it('threats 40: signs for no attempt in the name of a datasource that exists', async () => {
    const { error } = await attempt(robot());
    expect(error.code).toBe('name_taken');
    expect(signedFor).toEqual([]);
  });
});
