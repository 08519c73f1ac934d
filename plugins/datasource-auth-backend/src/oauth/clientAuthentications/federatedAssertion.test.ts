import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { SignJWT } from 'jose';
import { Knex } from 'knex';
import { databaseIds, databases } from '../../__testUtils__/databases';
import { recordOutput } from '../../__testUtils__/recordOutput';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../../__testUtils__/startDatasourceAuth';
import { databaseNow } from '../../database/database';
import { json, LocalServer } from '../../egress/__testUtils__/LocalServer';
import { Egress } from '../../egress/Egress';
import { CredentialFiles } from '../../files/CredentialFiles';
import { DefaultProviderClient } from '../DefaultProviderClient';
import { providerContext } from '../__testUtils__/providerContext';

jest.setTimeout(60_000);

const CLIENT = 'workload';

describe.each(databaseIds())('N4: federated_assertion on %s', databaseId => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const output = recordOutput();
  let folder: string;
  let provider: DemoProvider;
  let trap: LocalServer;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;
  let bob: ApiClient;
  let content: string;

  /** Writes a new token, as a kubelet does. */
  const renewFile = async (seconds = 600) => {
    content = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(CLIENT)
      .setSubject(CLIENT)
      .setAudience(provider.url)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(privateKey);
    await writeFile(join(folder, 'token'), `${content}\n`);
  };

  beforeAll(async () => {
    // Jest's own copies objects into another realm, where the server doesn't take them for plain ones.
    jest
      .spyOn(globalThis, 'structuredClone')
      .mockImplementation(value => JSON.parse(JSON.stringify(value)));
    folder = await mkdtemp(join(tmpdir(), 'federated-assertion-'));
    trap = await LocalServer.start();
    provider = await createDemoProvider({
      clients: [
        {
          id: CLIENT,
          secret: 'unused-secret',
          name: 'Workload',
          grants: ['client_credentials'],
          scope: 'read write',
          authentication: 'private_key_jwt',
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }],
        },
      ],
    });
    knex = await databases.init(databaseId);
    const file = {
      path: join(folder, 'token'),
      for: 'client_assertion',
      origins: [provider.url],
      datasources: ['crm', 'free', 'moved'],
    };
    app = await startDatasourceAuth({
      knex,
      features: output.features,
      datasourceAuth: {
        egress: {
          allow: ['localhost', '127.0.0.1'],
          allowHttp: ['localhost', '127.0.0.1'],
        },
        files: {
          entra: file,
          trapped: { ...file, origins: [trap.url] },
        },
      },
    });
    jane = await app.user('user:default/jane');
    bob = await app.user('user:default/bob');
  });
  beforeEach(async () => {
    trap.requests.length = 0;
    await renewFile();
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.close();
    await trap?.stop();
    await rm(folder, { recursive: true });
  });

  const settings = (name: string, auth: object = {}) => ({
    name,
    baseUrl: `${provider.url}/api`,
    testPath: '/me',
    consumers: '*',
    auth: {
      grantType: 'client_credentials',
      clientId: CLIENT,
      clientAuthentication: 'federated_assertion',
      clientAssertion: { file: 'entra' },
      token: { url: `${provider.url}/token` },
      scopes: ['read'],
      ...auth,
    },
  });
  const attempt = async (name: string, auth: object = {}, as = jane) =>
    (await as('POST', '/authorizations', { settings: settings(name, auth) }))
      .body;
  const created = async (name: string) => {
    const { id, status } = await attempt(name);
    expect(status).toBe('granted');
    return jane('POST', '/datasources', {
      ...settings(name),
      credential: { action: 'replace', authorizationId: id },
    });
  };
  const expire = async (name: string) => {
    const { id } = await knex('datasources').where({ name }).first();
    await knex('credentials')
      .where({ datasource_id: id })
      .update({
        obtained_at: 0,
        expires_at: 1,
        refresh_due_at: 1,
        changed_at: databaseNow(knex),
      });
    app.tellChange(id);
  };

  it('gets a token with the assertion in the file, and reads the file again for the next one', async () => {
    const { body } = await created('crm');
    expect(body.status.state).toBe('AUTHORIZED');
    const first = await app.consume('consumer-a', 'crm');
    const me = await fetch(`${provider.url}/api/me`, {
      headers: { authorization: `Bearer ${first.body.accessToken}` },
    });
    expect(me.status).toBe(200);
    // The server accepts each assertion once, so the next request needs the renewed file.
    await renewFile();
    await expire('crm');
    const second = await app.consume('consumer-a', 'crm');
    expect(second.status).toBe(200);
    expect(second.body.accessToken).not.toBe(first.body.accessToken);
  });

  it('is neither stored nor shown, and not a secret at rest', async () => {
    const before = content;
    await attempt('free');
    const health = await jane('GET', '/health');
    const check = health.body.checks.find(
      ({ id }: { id: string }) => id === 'secrets',
    );
    expect(check.detail).toBe('None are stored.');
    const shown = [
      (await jane('GET', '/datasources/crm')).body,
      (await jane('GET', '/datasources/crm/export')).body,
      (await jane('GET', '/datasources/crm/activity')).body,
    ];
    const rows = await Promise.all(
      ['datasources', 'credentials', 'authorizations', 'activity'].map(table =>
        knex(table),
      ),
    );
    const everything = JSON.stringify([shown, rows, output.written()]);
    for (const secret of [before, before.split('.')[2]])
      expect(everything).not.toContain(secret);
    expect(JSON.stringify(shown)).toContain('entra');
  });

  it('requires the name of a file, but no secret', async () => {
    const { body } = await jane('POST', '/datasources', {
      ...settings('incomplete', { clientAssertion: {} }),
    });
    expect(body.status.missing).toEqual(['auth.clientAssertion.file']);
    expect(body.status.reason).toContain('Client assertion file');
  });

  it('explains a stale file before it sends anything, and recovers with the file', async () => {
    await renewFile(-600);
    await expire('crm');
    const refused = await app.consume('consumer-a', 'crm');
    expect(refused.status).toBe(503);
    const { error, status } = await attempt('free');
    expect(status).toBe('failed');
    expect(error).toMatchObject({
      code: 'settings_invalid',
      cause:
        "The token in the file 'entra' has expired. Check what updates this file.",
    });
    await renewFile();
    expect((await attempt('free')).status).toBe('granted');
  });

  it('threats 40: a moved token URL gets an error and no assertion', async () => {
    const { error } = await attempt('moved', {
      token: { url: `${trap.url}/token` },
    });
    expect(error.cause).toBe(
      `The file 'entra' must not be sent to ${trap.url}. Correct the URL, or add this origin to datasourceAuth.files.entra.origins.`,
    );
    expect(trap.requests).toEqual([]);
  });

  it('threats 40: a revocation at another host sends no assertion', async () => {
    const saved = await jane('GET', '/datasources/crm');
    const moved = await jane(
      'PUT',
      '/datasources/crm',
      settings('crm', { revoke: { url: `${trap.url}/revoke` } }),
      { 'if-match': `"${saved.body.version}"` },
    );
    expect(moved.status).toBe(200);
    await jane('DELETE', '/datasources/crm/credential?revoke=true');
    expect(trap.requests).toEqual([]);
  });

  it('threats 40: a datasource that the file is not for gets an error and no assertion', async () => {
    const { error } = await attempt('foreign');
    expect(error.cause).toMatch(
      /^The file 'entra' isn't for datasource 'foreign'\./,
    );
  });

  it('threats 40: nobody gets a token in the name of a datasource that exists', async () => {
    const answer = await bob('POST', '/authorizations', {
      settings: settings('crm', { token: { url: `${provider.url}/token` } }),
    });
    expect([answer.status, answer.body.error.code]).toEqual([
      409,
      'name_taken',
    ]);
  });

  it('threats 30: an assertion that a provider repeats appears nowhere', async () => {
    trap.behave((response, request) =>
      json(
        {
          error: 'invalid_client',
          error_description: `not ${request.form.get('client_assertion')}`,
        },
        401,
      )(response, request),
    );
    const { error } = await attempt('moved', {
      clientAssertion: { file: 'trapped' },
      token: { url: `${trap.url}/token` },
    });
    expect(trap.last.form.get('client_assertion')).toBe(content);
    expect(error).toMatchObject({
      code: 'invalid_client',
      title: 'Assertion from the file not accepted',
    });
    const everything = JSON.stringify([error, output.written()]);
    expect(everything).not.toContain(content);
    expect(everything).not.toContain(content.split('.')[2]);
  });
});

describe('the requests that send a client assertion from a file', () => {
  const ORIGIN = 'https://login.example.com';
  const sent: string[] = [];
  const read = jest.spyOn(CredentialFiles.prototype, 'read');
  const client = DefaultProviderClient.create({
    egress: Object.assign(new Egress({ allow: [], allowHttp: [], only: [] }), {
      fetch: async (url: string) => {
        sent.push(url);
        return new Response('{"session":"s","access_token":"t"}', {
          headers: { 'content-type': 'application/json' },
        });
      },
    }),
    files: new CredentialFiles([
      {
        name: 'entra',
        path: '/does/not/exist',
        for: 'client_assertion',
        origins: [ORIGIN],
        datasources: ['crm'],
      },
    ]),
  });
  const context = (auth: object, instance?: Record<string, string>) =>
    providerContext(
      {
        grantType: 'client_credentials',
        clientSecret: undefined,
        clientAuthentication: 'federated_assertion',
        clientAssertion: { file: 'entra' },
        token: { url: `${ORIGIN}/token` },
        ...auth,
      },
      { instance },
    );
  const evil = { url: 'https://evil.example.com/x' };

  beforeEach(() => {
    sent.length = 0;
    read.mockClear();
  });
  afterAll(() => read.mockRestore());

  it.each<[string, () => Promise<unknown>]>([
    [
      'token request whose host comes from an instance value',
      () =>
        client.requestToken(
          context(
            { token: { url: 'https://{{instance.host}}/token' } },
            { host: 'evil.example.com' },
          ),
        ),
    ],
    [
      'refresh',
      () =>
        client.refresh(context({ refresh: evil }), { refreshToken: 'refresh' }),
    ],
    [
      'revocation',
      () => client.revoke(context({ revoke: evil }), { accessToken: 'a' }),
    ],
    [
      'pushed authorization request',
      () =>
        client.authorizeRequest(
          context({
            grantType: 'authorization_code',
            pkce: 'off',
            authorize: {
              url: `${ORIGIN}/authorize`,
              pushedRequestUrl: evil.url,
            },
          }),
          { state: 'state' },
        ),
    ],
  ])('threats 40: never leave in a %s at another host', async (_, request) => {
    await expect(request()).rejects.toMatchObject({
      diagnosis: {
        code: 'settings_invalid',
        cause: expect.stringContaining(
          "The file 'entra' must not be sent to https://evil.example.com.",
        ),
      },
      outcome: 'not_sent',
    });
    expect(sent).toEqual([]);
  });

  it('threats 40: is not read for a further request, which has no client authentication', async () => {
    read.mockResolvedValueOnce({ text: 'assertion' });
    await client.requestToken(
      context({ token: { url: `${ORIGIN}/token`, then: evil } }),
    );
    expect(sent).toEqual([`${ORIGIN}/token`, evil.url]);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
