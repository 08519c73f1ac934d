import { databases } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { recordAudit } from '../__testUtils__/recordAudit';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

const KEY = 'key-of-the-api';
const DECLARED_KEY = 'declared-key';

describe.each(databases.eachSupportedId())(
  'N1: credentials that the settings hold, on %s',
  databaseId => {
    const audit = recordAudit();
    let valid: string[];
    let declaredKey = DECLARED_KEY;
    const site = useApp({
      databaseId,
      servers: {
        api: (response, request) =>
          json(
            {},
            valid.some(key => request.headers['x-key'] === key) ? 200 : 401,
          )(response, request),
      },
      app: servers => ({
        features: [audit.feature],
        datasourceAuth: {
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
          egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
          datasources: {
            declared: {
              baseUrl: `${servers.api.url}/api`,
              consumers: ['consumer-a'],
              auth: {
                type: 'static',
                headers: { 'X-Key': { secret: true, value: declaredKey } },
              },
            },
          },
        },
      }),
    });
    const { jane } = site;
    const { api } = site.servers;

    beforeEach(() => {
      valid = [KEY, DECLARED_KEY];
      audit.events.length = 0;
    });

    const settings = (auth: object = {}, more: object = {}) => ({
      name: 'tickets',
      baseUrl: `${api.url}/api`,
      testPath: '/me',
      consumers: ['consumer-a'],
      ...more,
      auth: {
        type: 'static',
        headers: { 'X-Key': { secret: true } },
        ...auth,
      },
    });
    const withKey = (value: string) => ({
      headers: { 'X-Key': { secret: true, value } },
    });
    const read = async (name = 'tickets') =>
      (await jane('GET', `/datasources/${name}`)).body;
    const save = async (body: object) =>
      jane('PUT', '/datasources/tickets', body, {
        'if-match': `"${(await read()).version}"`,
      });
    const take = (more: object = {}) =>
      site.app.consume('consumer-a', 'tickets', more);

    it('are not configured until their secrets are there', async () => {
      const created = await jane('POST', '/datasources', settings());
      expect(created.status).toBe(201);
      expect(created.body.status).toMatchObject({
        state: 'NOT_CONFIGURED',
        missing: ['auth.headers.X-Key'],
        reason: 'Missing: Header X-Key',
      });
      expect((await take()).body.error).toMatchObject({
        code: 'datasource_not_configured',
      });
    });

    it('are authorized with the Save that enters them, without any call', async () => {
      const saved = await save(settings(withKey(KEY)));
      expect(saved.status).toBe(200);
      expect(saved.body.status).toMatchObject({
        state: 'AUTHORIZED',
        reasonCode: 'no_expiry',
        renewable: false,
      });
      expect(JSON.stringify(saved.body)).not.toContain(KEY);
      const { status, body } = await take();
      expect(status).toBe(200);
      expect(body).toMatchObject({
        headers: { 'X-Key': KEY },
        query: {},
        secrets: [KEY],
        version: expect.any(String),
        baseUrl: `${api.url}/api`,
        rejectedStatuses: [401],
        subject: 'service',
      });
      expect(body).not.toHaveProperty('accessToken');
      expect(api.requests).toEqual([]);
    });

    it('are listed, exported, tested and counted like the others, and shown to nobody', async () => {
      const list = await jane('GET', '/datasources');
      expect(list.body.items).toContainEqual(
        expect.objectContaining({ name: 'tickets', type: 'static' }),
      );
      const exported = await jane('GET', '/datasources/tickets/export');
      expect(exported.body).toContain('type: static');
      expect(exported.body).toContain('value: ${TICKETS_HEADERS_X_KEY}');
      const tested = await jane('POST', '/datasources/tickets/test');
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      expect(api.last.headers['x-key']).toBe(KEY);
      await site.app.flush();
      const { status } = await read();
      expect(status).toMatchObject({
        verifiedAt: expect.any(Number),
        lastUsedAt: expect.any(Number),
      });
      const usage = await jane('GET', '/datasources/tickets/consumers');
      expect(usage.body.items ?? usage.body.consumers).toContainEqual(
        expect.objectContaining({ plugin: 'consumer-a' }),
      );
      const everything = JSON.stringify([
        list.body,
        exported.body,
        tested.body,
        audit.events,
        (await jane('GET', '/datasources/tickets/activity')).body,
      ]);
      expect(everything).not.toContain(KEY);
      expect(everything).not.toContain(DECLARED_KEY);
    });

    it('keep their version while nothing changes, and have another one with a new secret', async () => {
      const before = (await take()).body.version;
      expect((await take()).body.version).toBe(before);
      valid.push('key-2');
      await save(settings(withKey('key-2')));
      const after = await take();
      expect(after.body.headers).toEqual({ 'X-Key': 'key-2' });
      expect(after.body.version).not.toBe(before);
      await save(settings({}, { title: 'Tickets' }));
      expect((await take()).body.headers).toEqual({ 'X-Key': 'key-2' });
      await save(settings(withKey(KEY)));
    });

    it('threats 1: go nowhere else without being entered again', async () => {
      for (const more of [
        { baseUrl: 'http://127.0.0.1:9/api' },
        { allowedHosts: ['127.0.0.1:9'] },
      ]) {
        const moved = await save(settings({}, more));
        expect([moved.status, moved.body.error?.code]).toEqual([
          400,
          'secrets_required',
        ]);
        expect(moved.body.error.fields).toHaveProperty(['auth.headers.X-Key']);
      }
      const before = (await take()).body.version;
      const added = await save(
        settings({ headers: { 'X-Key': { secret: true }, 'X-Other': 'x' } }),
      );
      expect(added.body.status.state).toBe('AUTHORIZED');
      expect((await take()).body.version).not.toBe(before);
      await save(settings());
    });

    it('threats 1: are not decrypted where someone moved the address in the database', async () => {
      const row = await site
        .knex('datasources')
        .where({ name: 'tickets' })
        .first();
      const elsewhere = row.settings.replace(api.url, 'http://127.0.0.1:9');
      await site
        .knex('datasources')
        .where({ id: row.id })
        .update({ settings: elsewhere });
      site.app.tellChange(row.id);
      const refused = await take();
      expect(refused.status).not.toBe(200);
      expect(JSON.stringify(refused.body)).not.toContain(KEY);
      await site
        .knex('datasources')
        .where({ id: row.id })
        .update({ settings: row.settings });
      site.app.tellChange(row.id);
      expect((await take()).status).toBe(200);
    });

    it('stay cleared until they are entered again', async () => {
      await jane('DELETE', '/datasources/tickets/credential');
      expect((await read()).status).toMatchObject({
        state: 'NOT_AUTHORIZED',
        reasonCode: 'cleared',
      });
      expect((await take()).body.error.code).toBe('datasource_not_authorized');
      await save(settings({}, { title: 'Other' }));
      expect((await read()).status.state).toBe('NOT_AUTHORIZED');
      await site.app.runTask('datasource-auth-refresh-sweep').catch(() => {});
      expect((await take()).status).toBe(409);
      await save(settings(withKey(KEY)));
      expect((await read()).status.state).toBe('AUTHORIZED');
      expect((await take()).status).toBe(200);
    });

    it('are served on when a plugin reports a rejection that the test path does not confirm', async () => {
      const { version } = (await take()).body;
      const again = await take({
        rejectedVersion: version,
        rejectedRoute: 'GET /admin',
      });
      expect(again.status).toBe(200);
      expect(again.body.version).toBe(version);
      await eventually(async () => {
        const { body } = await jane('GET', '/datasources/tickets/activity');
        expect(body.items[0]).toMatchObject({
          kind: 'rejected',
          actor: 'plugin:consumer-a',
          details: { status: 200 },
        });
      });
      expect((await read()).status.state).toBe('AUTHORIZED');
    });

    it('are sent by the gateway, and a rejected call is not repeated', async () => {
      await save({
        ...settings(withKey(KEY)),
        gateway: { routes: [{ methods: ['GET'], path: '/**' }] },
      });
      const call = async () =>
        (await jane('GET', '/gateway/tickets/things?x=1')).status;
      expect(await call()).toBe(200);
      expect(api.last.headers['x-key']).toBe(KEY);
      valid = [];
      api.requests.length = 0;
      expect(await call()).toBe(401);
      expect(
        api.requests.filter(({ path }) => path.startsWith('/api/things')),
      ).toHaveLength(1);
      valid = [KEY];
      await jane('POST', '/datasources/tickets/test');
      await save(settings(withKey(KEY)));
    });

    it('are an error that the test path confirms: once, without a storm, until a new secret', async () => {
      valid.push('key-3');
      await save(settings(withKey('key-3')));
      valid = [];
      const { version } = (await take()).body;
      for (let call = 0; call < 10; call += 1) {
        const again = await take({
          rejectedVersion: version,
          rejectedRoute: 'GET /me',
        });
        expect(again.body.headers).toEqual({ 'X-Key': 'key-3' });
      }
      await eventually(async () =>
        expect((await read()).status).toMatchObject({
          state: 'ERROR',
          reasonCode: 'rejected_by_api',
          reason: 'The API rejects the key.',
          lastError: { code: 'rejected_by_api' },
        }),
      );
      expect(api.requests).toHaveLength(1);
      // The notice follows the status.
      await eventually(async () => {
        const notices = await site.knex('notices').where({ kind: 'outage' });
        expect(notices).toHaveLength(1);
      });
      expect((await take()).status).toBe(200);
      valid = ['key-4'];
      await save(settings(withKey('key-4')));
      expect((await read()).status.state).toBe('AUTHORIZED');
    });

    it('end an error with a call that the API accepts', async () => {
      valid = [];
      const failed = await jane('POST', '/datasources/tickets/test');
      expect(failed.body).toMatchObject({ ok: false, status: 401 });
      expect(api.requests).toHaveLength(1);
      expect((await read()).status.state).toBe('ERROR');
      valid = ['key-4'];
      await jane('POST', '/datasources/tickets/test');
      expect((await read()).status.state).toBe('AUTHORIZED');
    });

    it('are not authorized after the day on which they expire', async () => {
      const { body } = await save(
        settings({ ...withKey(KEY), expiresAt: '2026-01-31' }),
      );
      expect(body.status).toMatchObject({
        state: 'NOT_AUTHORIZED',
        reasonCode: 'expired',
        expiresAt: Date.parse('2026-02-01'),
      });
      expect(body.status.reason).toContain('Enter a new secret');
      expect((await take()).body.error.code).toBe('datasource_not_authorized');
      const later = await save(settings({ expiresAt: '2999-12-31' }));
      expect(later.body.status).toMatchObject({
        state: 'AUTHORIZED',
        expiresAt: Date.parse('3000-01-01'),
      });
      expect((await take()).body.expiresAt).toBe(Date.parse('3000-01-01'));
      await save(settings());
    });

    it('can be tested before they are saved, and are swapped in one Save', async () => {
      valid.push('next-key');
      const before = (await take()).body.version;
      const attempt = await jane('POST', '/authorizations', {
        datasource: 'tickets',
        settings: settings(withKey('next-key')),
      });
      expect(attempt.body.status).toBe('granted');
      const { id } = attempt.body;
      const tested = await jane('POST', `/authorizations/${id}/test`);
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      expect(api.last.headers['x-key']).toBe('next-key');
      expect((await take()).body).toMatchObject({
        version: before,
        headers: { 'X-Key': KEY },
      });
      const saved = await save({ ...settings(), authorizationId: id });
      expect(saved.status).toBe(200);
      expect((await take()).body.headers).toEqual({ 'X-Key': 'next-key' });
    });

    it('are Basic and bearer as well', async () => {
      await save(
        settings({
          headers: undefined,
          basic: { username: 'robot', password: 'pass:wörd' },
        }),
      );
      const basic = Buffer.from('robot:pass:wörd').toString('base64');
      expect((await take()).body).toMatchObject({
        headers: { Authorization: `Basic ${basic}` },
        secrets: ['pass:wörd', basic],
      });
      await save(settings({ headers: undefined, bearer: 'a-token' }));
      expect((await take()).body).toMatchObject({
        headers: { Authorization: 'Bearer a-token' },
      });
      const view = await read();
      expect(view.auth).toEqual({
        type: 'static',
        rejectedStatuses: [401],
        bearer: expect.objectContaining({ set: true }),
      });
      const again = await save({ ...settings(), auth: view.auth });
      expect(again.status).toBe(200);
      expect((await take()).body.headers).toEqual({
        Authorization: 'Bearer a-token',
      });
      await save(settings(withKey(KEY)));
    });

    it('are declared in the configuration, and changed there', async () => {
      const take2 = () => site.app.consume('consumer-a', 'declared');
      const first = await take2();
      expect(first.body.headers).toEqual({ 'X-Key': DECLARED_KEY });
      expect((await read('declared')).status.state).toBe('AUTHORIZED');
      await site.restart();
      expect((await take2()).body.version).toBe(first.body.version);
      declaredKey = 'rotated-key';
      await site.restart();
      const rotated = await take2();
      expect(rotated.body.headers).toEqual({ 'X-Key': 'rotated-key' });
      expect(rotated.body.version).not.toBe(first.body.version);
      await jane('DELETE', '/datasources/declared/credential');
      declaredKey = 'third-key';
      await site.restart();
      expect((await take2()).status).toBe(409);
      const authorized = await jane('POST', '/authorizations', {
        datasource: 'declared',
        commit: true,
      });
      expect(authorized.status).toBe(201);
      expect((await take2()).body.headers).toEqual({ 'X-Key': 'third-key' });
    });

    it('are nothing at all for a public API', async () => {
      const created = await jane('POST', '/datasources', {
        name: 'public-api',
        baseUrl: `${api.url}/api`,
        consumers: ['consumer-a'],
        auth: { type: 'none' },
      });
      expect(created.body.status).toMatchObject({
        state: 'AUTHORIZED',
      });
      const { body } = await site.app.consume('consumer-a', 'public-api');
      expect(body).toMatchObject({ headers: {}, query: {}, secrets: [] });
      const cleared = await jane(
        'DELETE',
        '/datasources/public-api/credential',
      );
      expect(cleared.body.status.state).toBe('NOT_AUTHORIZED');
    });

    it('change to OAuth and back without keeping the secret of the other kind', async () => {
      const changed = await save(
        settings({
          headers: undefined,
          type: 'oauth2',
          grantType: 'authorization_code',
          clientSecret: 'client-secret',
        }),
      );
      expect(changed.body.status.state).toBe('NOT_CONFIGURED');
      expect(changed.body.auth).not.toHaveProperty('headers');
      const back = await save(settings());
      expect(back.body.status).toMatchObject({
        state: 'NOT_CONFIGURED',
        missing: ['auth.headers.X-Key'],
      });
      expect(back.body.auth).not.toHaveProperty('clientSecret');
      expect((await save(settings(withKey(KEY)))).body.status.state).toBe(
        'AUTHORIZED',
      );
    });
  },
);
