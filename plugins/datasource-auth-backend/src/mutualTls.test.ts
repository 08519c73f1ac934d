import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { Knex } from 'knex';
import { databases } from './__testUtils__/databases';
import { pluginService } from './__testUtils__/pluginService';
import { recordAudit } from './__testUtils__/recordAudit';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from './__testUtils__/startDatasourceAuth';
import { LocalServer } from './egress/__testUtils__/LocalServer';
import { MutualTlsServer } from './egress/__testUtils__/MutualTlsServer';
import { certificateFor } from './egress/__testUtils__/selfSignedCertificate';

jest.setTimeout(180_000);

const OURS = MutualTlsServer.client('ours.test', '300101000000Z');

/** The part of a key that no text may repeat. */
const KEY_BODY = OURS.key.split('\n')[1];

let folder: string;
let ca: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datasource-auth-mtls-'));
  ca = join(folder, 'authority.pem');
  await writeFile(ca, MutualTlsServer.authority);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A provider and an API in one, as banks have them. */
const startBank = () =>
  MutualTlsServer.start(({ target, form, headers }) => {
    if (target === '/token')
      return {
        body: {
          access_token: `token-of-${form.get('client_id')}`,
          token_type: 'Bearer',
          expires_in: 3_600,
        },
      };
    if (target === '/api/moved')
      return { status: 307, headers: { location: '/api/accounts?page=2' } };
    if (target === '/api/away')
      return {
        status: 302,
        headers: { location: 'https://elsewhere.test/x' },
      };
    if (target === '/api/broken')
      return { status: 503, body: { code: 'busy' } };
    const known = ['Bearer token-of-bank-client', 'Bearer key-1'];
    return {
      status: known.includes(String(headers.authorization)) ? 200 : 401,
      body: { target, version: headers['x-version'] },
    };
  });

const settingsAt = (url: string) => ({
  name: 'bank',
  baseUrl: `${url}/api`,
  testPath: '/accounts',
  consumers: ['consumer-a'],
  gateway: { routes: [{ methods: ['GET'], path: '/open/**' }] },
  clientCertificate: OURS as Record<string, unknown> | undefined,
  auth: {
    grantType: 'client_credentials',
    clientId: 'bank-client',
    clientAuthentication: 'tls_client_auth',
    token: { url: `${url}/token` },
  } as Record<string, unknown>,
});

describe.each(databases.eachSupportedId())(
  'N4, N6: an API and a provider that demand a client certificate, on %s',
  databaseId => {
    const audit = recordAudit();
    let bank: MutualTlsServer;
    let trap: LocalServer;
    let knex: Knex;
    let app: RunningDatasourceAuth;
    let jane: ApiClient;

    beforeAll(async () => {
      bank = await startBank();
      trap = await LocalServer.start();
      knex = await databases.init(databaseId);
      app = await startDatasourceAuth({
        knex,
        features: [audit.feature],
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
          egress: { allow: ['localhost'], allowHttp: ['localhost'], ca },
        },
      });
      jane = await app.user('user:default/jane');
    });
    beforeEach(() => {
      bank.requests.length = 0;
    });
    afterAll(async () => {
      await app?.stop();
      await bank?.stop();
      await trap?.stop();
    });

    const settings = (change: object = {}) => ({
      ...settingsAt(bank.url),
      ...change,
    });
    const save = async (body: object) => {
      const { version } = (await jane('GET', '/datasources/bank')).body;
      return jane('PUT', '/datasources/bank', body, {
        'if-match': `"${version}"`,
      });
    };
    /** The certificate without its key, as the page sends it again. */
    const kept = { clientCertificate: { certificate: OURS.certificate } };

    it('N6, RFC 8705 section 3: binds tokens to it whatever the client authentication, and needs it for that', async () => {
      const bound = (clientCertificate?: object) => ({
        ...settings({ name: 'bound', clientCertificate }),
        senderConstraint: 'mtls',
        auth: {
          ...settings().auth,
          clientAuthentication: 'client_secret_post',
          clientSecret: 'secret',
        },
      });
      const missing = await jane('POST', '/authorizations', {
        settings: bound(),
      });
      expect(missing.body.error).toMatchObject({
        code: 'datasource_not_configured',
        message: 'Fill in: Client certificate, Key of the client certificate.',
      });
      const attempt = await jane('POST', '/authorizations', {
        settings: bound(OURS),
      });
      expect(attempt.body).toMatchObject({ status: 'granted' });
      const tested = await jane(
        'POST',
        `/authorizations/${attempt.body.id}/test`,
      );
      expect(tested.body).toMatchObject({ ok: true });
      expect(bank.calls).toEqual([
        'ours.test: POST /token',
        'ours.test: GET /api/accounts',
      ]);
    });

    it('is not configured without the certificate, and says so', async () => {
      const created = await jane(
        'POST',
        '/datasources',
        settings({ clientCertificate: undefined }),
      );
      expect(created.body.status).toMatchObject({
        state: 'NOT_CONFIGURED',
        missing: ['clientCertificate.certificate', 'clientCertificate.key'],
        reason: 'Missing: Client certificate, Key of the client certificate',
      });
      const saved = await save(settings(kept));
      expect(saved.body.status.missing).toEqual(['clientCertificate.key']);
    });

    it.each<[string, object, string, RegExp]>([
      [
        'the key of another certificate',
        { key: MutualTlsServer.client('other.test').key },
        'clientCertificate.certificate',
        /belongs to another private key/,
      ],
      [
        'an expired certificate',
        MutualTlsServer.client('old.test', '240131000000Z'),
        'clientCertificate.certificate',
        /expired on 31 January 2024\. Enter a new certificate/,
      ],
      [
        'a key that is not PEM',
        { key: 'c2VjcmV0' },
        'clientCertificate.key',
        /can't be read\. Enter it in PEM format/,
      ],
      [
        'a certificate as the key',
        { key: OURS.certificate },
        'clientCertificate.key',
        /This is a certificate/,
      ],
      [
        'a certificate that is not PEM',
        { certificate: 'MIIB' },
        'clientCertificate.certificate',
        /certificates in PEM format/,
      ],
      [
        'an encrypted key without its passphrase',
        { key: OURS.key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') },
        'clientCertificate.passphrase',
        /encrypted\. Enter its passphrase/,
      ],
    ])('refuses %s', async (_, given, field, text) => {
      const { status, body } = await save(
        settings({ clientCertificate: { ...OURS, ...given } }),
      );
      expect(status).toBe(400);
      expect(body.error.fields).toEqual({
        [field]: expect.stringMatching(text),
      });
      expect(JSON.stringify(body)).not.toContain(KEY_BODY);
    });

    it('gets a token and tests the connection with it', async () => {
      const attempt = await jane('POST', '/authorizations', {
        datasource: 'bank',
        settings: settings(),
      });
      expect(attempt.body).toMatchObject({ status: 'granted' });
      const saved = await save({
        ...settings(kept),
        credential: { action: 'replace', authorizationId: attempt.body.id },
        authorizationId: attempt.body.id,
      });
      expect(saved.body.status).toMatchObject({
        state: 'AUTHORIZED',
        certificateExpiresAt: Date.UTC(2030, 0, 1),
      });
      expect(saved.body.clientCertificate).toEqual({
        certificate: OURS.certificate.trim(),
        key: expect.objectContaining({ set: true }),
      });
      const tested = await jane('POST', '/datasources/bank/test');
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      expect(bank.calls).toEqual([
        'ours.test: POST /token',
        'ours.test: GET /api/accounts',
      ]);
      expect(bank.requests[0].form.get('client_id')).toBe('bank-client');
    });

    it('presents it in calls through the gateway', async () => {
      const answer = await jane('GET', '/gateway/bank/open/x?a=b');
      expect(answer.body).toEqual({ target: '/api/open/x?a=b' });
      expect(bank.last.client).toBe('ours.test');
    });

    it('N6 refuses tokens to plugins: bound_to_backend', async () => {
      const { status, body } = await app.consume('consumer-a', 'bank');
      expect(status).toBe(409);
      expect(body.error).toMatchObject({ code: 'bound_to_backend' });
      const through = await app.consume('consumer-a', 'bank', {
        throughBackend: true,
      });
      expect(through.body).toMatchObject({
        boundToBackend: true,
        ...{ headers: {}, query: {}, secrets: [] },
      });
      expect(JSON.stringify(through.body)).not.toContain('token-of');
      const other = await app.consume('consumer-b', 'bank', {
        throughBackend: true,
      });
      expect(other.status).toBe(403);
    });

    it('N6 lets fetch run through the backend by itself, on all paths and with all headers', async () => {
      const service = pluginService(app, 'consumer-a');
      const datasource = 'bank';
      const response = await service.fetch({ datasource }, '/accounts?a=b', {
        method: 'POST',
        headers: { 'x-version': '7', cookie: 'a=b' },
        body: new URLSearchParams({ amount: '1' }),
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        target: '/api/accounts?a=b',
        version: '7',
      });
      expect(bank.last).toMatchObject({
        client: 'ours.test',
        headers: {
          authorization: 'Bearer token-of-bank-client',
          'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        },
      });
      expect(bank.last.form.get('amount')).toBe('1');
      const failed = await service.fetch({ datasource }, '/broken');
      expect(failed.status).toBe(503);
      expect(await failed.json()).toEqual({ code: 'busy' });
      const moved = await service.fetch({ datasource }, '/moved');
      expect(await moved.json()).toEqual({ target: '/api/accounts?page=2' });
      await expect(service.getToken({ datasource })).rejects.toMatchObject({
        code: 'bound_to_backend',
      });
    });

    it("N6, threats 4: never sends a call to a host that the datasource doesn't allow", async () => {
      const service = pluginService(app, 'consumer-a');
      const datasource = 'bank';
      await expect(
        service.fetch({ datasource }, 'https://elsewhere.test/x'),
      ).rejects.toMatchObject({ code: 'invalid_request' });
      await expect(service.fetch({ datasource }, '/away')).rejects.toThrow(
        /elsewhere\.test/,
      );
      const token = app.bearer(await app.pluginToken('consumer-a'));
      const calls = bank.requests.length;
      for (const url of [
        `${trap.url}/x`,
        'https://elsewhere.test/',
        '/x',
        '',
      ]) {
        const query = new URLSearchParams({ url });
        const answer = await token('GET', `/calls/bank?${query}`);
        expect(answer.status).toBe(400);
      }
      expect(bank.requests).toHaveLength(calls);
      expect(trap.requests).toEqual([]);
    });

    it('threats 10: calls only for allowed plugins', async () => {
      const other = pluginService(app, 'consumer-b');
      await expect(
        other.fetch({ datasource: 'bank' }, '/accounts'),
      ).rejects.toMatchObject({ code: 'consumer_not_allowed' });
      const query = new URLSearchParams({ url: `${bank.url}/api/accounts` });
      const direct = await app.bearer(await app.pluginToken('consumer-b'))(
        'GET',
        `/calls/bank?${query}`,
      );
      expect(direct.body.error.code).toBe('consumer_not_allowed');
      const person = await jane('GET', `/calls/bank?${query}`);
      expect(person.body.error.code).toBe('not_a_plugin');
      expect(bank.requests).toEqual([]);
    });

    it('is counted, exported and audited without its key', async () => {
      await app.flush();
      const consumers = await jane('GET', '/datasources/bank/consumers');
      expect(JSON.stringify(consumers.body)).toContain('consumer-a');
      const exported = await jane('GET', '/datasources/bank/export');
      expect(exported.body).toContain('key: ${BANK_CLIENT_CERTIFICATE_KEY}');
      const health = await jane('GET', '/health');
      expect(JSON.stringify(health.body)).toContain('1 private key.');
      const texts = JSON.stringify([
        ...[consumers.body, exported.body, health.body, audit.events],
        (await jane('GET', '/datasources/bank/activity')).body,
        (await jane('GET', '/datasources/bank')).body,
      ]);
      expect(texts).not.toContain(KEY_BODY);
    });

    it.each<[string, () => object]>([
      ['base URL', () => ({ baseUrl: `${trap.url}/api` })],
      ['allowed hosts', () => ({ allowedHosts: ['elsewhere.test'] })],
      [
        'token URL',
        () => ({
          auth: {
            ...settings().auth,
            token: { url: 'https://elsewhere.test/token' },
          },
        }),
      ],
      [
        'revocation URL',
        () => ({
          auth: {
            ...settings().auth,
            revoke: { url: 'https://elsewhere.test/revoke' },
          },
        }),
      ],
    ])(
      'threats 1: asks for the key again if someone changes the %s',
      async (_, change) => {
        const { status, body } = await save({
          ...settings(kept),
          ...change(),
        });
        expect(status).toBe(400);
        expect(body.error).toMatchObject({
          code: 'secrets_required',
          fields: { 'clientCertificate.key': expect.any(String) },
        });
      },
    );

    it('rule 7: keeps the credential when the certificate is renewed', async () => {
      const saved = await save(
        settings({ clientCertificate: MutualTlsServer.client('renewed.test') }),
      );
      expect(saved.body.status.state).toBe('AUTHORIZED');
      const answer = await jane('GET', '/gateway/bank/open/x');
      expect(answer.status).toBe(200);
      expect(bank.calls).toEqual(['renewed.test: GET /api/open/x']);
    });

    it('threats 1, 16: is not presented elsewhere after a change in the database', async () => {
      const row = knex('datasources').where({ name: 'bank' });
      const { id, settings: before } = await row.clone().first();
      for (const change of [
        { baseUrl: `${trap.url}/api` },
        { allowedHosts: ['elsewhere.test'] },
      ]) {
        await row.clone().update({
          settings: JSON.stringify({ ...JSON.parse(before), ...change }),
        });
        app.tellChange(id);
        const { status } = (await jane('GET', '/datasources/bank')).body;
        expect(status.state).toBe('ERROR');
        const answer = await jane('GET', '/gateway/bank/open/x');
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }
      await row.clone().update({ settings: before });
      app.tellChange(id);
      expect(bank.requests).toEqual([]);
      expect(trap.requests).toEqual([]);
    });

    it('N1 works for APIs with a key, too, and for those with nothing but the certificate', async () => {
      for (const auth of [
        { type: 'static', bearer: 'key-1' },
        { type: 'none' },
      ]) {
        const name = `bank-${auth.type}`;
        const { body } = await jane('POST', '/datasources', {
          ...settings({ name, auth }),
        });
        expect(body.status.state).toBe('AUTHORIZED');
        const tested = await jane('POST', `/datasources/${name}/test`);
        expect(tested.body.status).toBe(auth.type === 'none' ? 401 : 200);
        expect(bank.last.client).toBe('ours.test');
      }
    });
  },
);

describe('N4, threats 6: a client certificate behind a corporate proxy', () => {
  const before = process.env.HTTPS_PROXY;
  afterEach(() => {
    if (before === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = before;
  });

  it('reaches the provider and the API through CONNECT, never the proxy', async () => {
    const bank = await startBank();
    const own = certificateFor('localhost');
    const atProxy: unknown[] = [];
    const asked: string[] = [];
    const proxy = createServer({
      ...{ ...own, requestCert: true, rejectUnauthorized: false },
    });
    proxy.on('connect', (request, socket) => {
      asked.push(request.url!);
      atProxy.push((request.socket as TLSSocket).getPeerCertificate());
      // On a busy machine, it would give up the right address after 250 ms.
      const to = { host: 'localhost', autoSelectFamily: false };
      const onward = connect({ ...to, port: bank.port }, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    proxy.listen(0, 'localhost');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    process.env.HTTPS_PROXY = `https://localhost:${port}`;
    const both = join(folder, 'both.pem');
    await writeFile(both, MutualTlsServer.authority + own.cert);
    const { name, ...declared } = settingsAt(bank.url);
    const app = await startDatasourceAuth({
      knex: await databases.init('SQLITE_3'),
      datasourceAuth: {
        egress: { allow: ['localhost'], allowHttp: [], ca: both },
        datasources: { [name]: declared as {} },
      },
    });
    try {
      const jane = await app.user('user:default/jane');
      const answer = await jane('GET', '/gateway/bank/open/x');
      expect(answer.body).toEqual({ target: '/api/open/x' });
      expect(bank.calls).toEqual([
        'ours.test: POST /token',
        'ours.test: GET /api/open/x',
      ]);
      expect(asked).toEqual([
        `localhost:${bank.port}`,
        `localhost:${bank.port}`,
      ]);
      expect(atProxy).toEqual([{}, {}]);
    } finally {
      await app.stop();
      proxy.closeAllConnections();
      proxy.close();
      await bank.stop();
    }
  });
});
