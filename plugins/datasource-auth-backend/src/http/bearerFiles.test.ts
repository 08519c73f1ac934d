import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIds } from '../__testUtils__/databases';
import { recordOutput } from '../__testUtils__/recordOutput';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(60_000);

const part = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (payload: object) =>
  `${part({ alg: 'RS256' })}.${part(payload)}.c2lnbmF0dXJl`;

describe.each(databaseIds())(
  'N1: a bearer token from a file, on %s',
  databaseId => {
    const output = recordOutput();
    const folder = mkdtempSync(join(tmpdir(), 'bearer-files-'));
    let accepted: string;
    const site = useApp({
      databaseId,
      servers: {
        api: (response, request) =>
          request.headers.authorization === `Bearer ${accepted}`
            ? json({})(response, request)
            : json({}, 401)(response, request),
        trap: json({}),
      },
      app: servers => ({
        features: output.features,
        datasourceAuth: {
          egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
          files: {
            k8s: {
              path: join(folder, 'token'),
              for: 'bearer',
              origins: [servers.api.url],
              datasources: ['cluster'],
            },
          },
        },
      }),
    });
    const { jane } = site;
    const { api, trap } = site.servers;

    const write = (text: string) => writeFile(join(folder, 'token'), text);

    beforeEach(async () => {
      accepted = 'token-1-canary';
      await write(`${accepted}\n`);
    });
    afterAll(() => rm(folder, { recursive: true }));

    const settings = (more: object = {}, auth: object = {}) => ({
      name: 'cluster',
      baseUrl: `${api.url}/api`,
      testPath: '/me',
      consumers: ['consumer-a'],
      gateway: { routes: [{ methods: ['GET'], path: '/me' }] },
      ...more,
      auth: { type: 'static', bearer: { file: 'k8s' }, ...auth },
    });
    const save = async (body: object) => {
      const { body: saved } = await jane('GET', '/datasources/cluster');
      return jane('PUT', '/datasources/cluster', body, {
        'if-match': `"${saved.version}"`,
      });
    };
    const take = async () =>
      (await site.app.consume('consumer-a', 'cluster')).body;
    const callGateway = () => jane('GET', '/gateway/cluster/me');
    const test = async () =>
      (await jane('POST', '/datasources/cluster/test')).body;

    it('needs no secret, and is shown as its name', async () => {
      const { status, body } = await jane('POST', '/datasources', settings());
      expect(status).toBe(201);
      expect(body.status.state).toBe('AUTHORIZED');
      expect(body.auth.bearer).toEqual({ file: 'k8s' });
      const { body: yaml } = await jane('GET', '/datasources/cluster/export');
      expect(yaml).toContain('bearer:\n          file: k8s');
    });

    it('is read again for each call of a plugin, the gateway and the test', async () => {
      expect((await take()).headers).toEqual({
        Authorization: 'Bearer token-1-canary',
      });
      expect((await callGateway()).status).toBe(200);
      expect(await test()).toMatchObject({ ok: true, status: 200 });
      accepted = 'token-2-canary';
      await write(accepted);
      expect(await take()).toMatchObject({
        headers: { Authorization: 'Bearer token-2-canary' },
        secrets: ['token-2-canary'],
      });
      expect((await callGateway()).status).toBe(200);
      expect(await test()).toMatchObject({ ok: true });
    });

    it('expires with the JWT in it', async () => {
      const exp = Math.floor(Date.now() / 1000) + 600;
      await write(jwt({ exp }));
      expect((await take()).expiresAt).toBe(exp * 1000);
      await write(jwt({ exp: 1 }));
      expect((await take()).error).toMatchObject({
        code: 'datasource_unavailable',
        message: expect.stringContaining(
          "The token in the file 'k8s' has expired. Check what updates this file",
        ),
      });
    });

    it('is neither stored nor written anywhere', async () => {
      await take();
      await callGateway();
      await test();
      const rows = await Promise.all(
        ['datasources', 'credentials', 'authorizations', 'activity'].map(
          table => site.knex(table),
        ),
      );
      expect(JSON.stringify([rows, output.written()])).not.toMatch(/canary/);
    });

    it.each<[string, () => object]>([
      ['a base URL', () => ({ baseUrl: `${trap.url}/api` })],
      ['an allowed host', () => ({ allowedHosts: [new URL(trap.url).host] })],
    ])('threats 40: a moved API gets no token: %s', async (_, more) => {
      expect((await save(settings(more()))).status).toBe(200);
      const sentence = `The file 'k8s' must not be sent to http`;
      expect((await take()).error.message).toContain(sentence);
      expect((await callGateway()).body.error.message).toContain(sentence);
      expect((await test()).error.message).toContain(sentence);
      const attempt = await jane('POST', '/authorizations', {
        datasource: 'cluster',
        settings: settings(more()),
      });
      const tested = await jane(
        'POST',
        `/authorizations/${attempt.body.id}/test`,
      );
      expect(tested.body.ok).toBe(false);
      expect(JSON.stringify(tested.body)).toContain(sentence);
      expect([...trap.requests, ...api.requests]).toEqual([]);
      await save(settings());
    });

    it('threats 40: is not for another datasource, or an API without a base URL', async () => {
      await jane('POST', '/datasources', settings({ name: 'other' }));
      const { body } = await site.app.consume('consumer-a', 'other');
      expect(body.error.message).toContain(
        "The file 'k8s' isn't for datasource 'other'",
      );
      await save(settings({ baseUrl: undefined }));
      expect((await take()).error.message).toContain(
        "The file 'k8s' is only sent to the API. Enter a base URL",
      );
      await save(settings());
      const mine = await jane('POST', '/authorizations', {
        settings: settings({ baseUrl: trap.url }),
      });
      expect(mine.body.error.code).toBe('name_taken');
    });

    it('replaces a stored token, which is forgotten', async () => {
      await save(settings({}, { bearer: 'typed-token' }));
      expect((await take()).headers).toEqual({
        Authorization: 'Bearer typed-token',
      });
      await save(settings());
      const { body } = await jane('GET', '/datasources/cluster');
      expect(body.auth.bearer).toEqual({ file: 'k8s' });
      await save(settings({}, { bearer: undefined }));
      expect((await jane('GET', '/datasources/cluster')).body.status).toEqual(
        expect.objectContaining({
          state: 'NOT_CONFIGURED',
          missing: ['auth.bearer'],
        }),
      );
    });
  },
);
