import {
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  randomBytes,
} from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { databases } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { recordAudit } from '../__testUtils__/recordAudit';
import { useApp } from '../__testUtils__/useApp';
import { CredentialStore } from '../credentials/CredentialStore';
import { json } from '../egress/__testUtils__/LocalServer';
import { selfSignedCertificate } from '../egress/__testUtils__/selfSignedCertificate';

jest.setTimeout(120_000);

const AUDIENCE = 'https://tickets.example';
const SHARED = randomBytes(32).toString('hex');

const pemOf = (key: KeyObject, options: object = {}) =>
  key
    .export({ type: 'pkcs8', format: 'pem', ...options } as {
      type: 'pkcs8';
      format: 'pem';
    })
    .toString();
const rsa = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const KEY = rsa();
const NEXT_KEY = rsa();
const EC_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ENCRYPTED = pemOf(KEY, { cipher: 'aes-256-cbc', passphrase: 'sesame' });

describe.each(databases.eachSupportedId())(
  'N3: JWTs that are signed here, on %s',
  databaseId => {
    const audit = recordAudit();
    /** The public keys that the API knows. */
    let registered: KeyObject[];
    /** JWTs that the API refuses although they are valid. */
    let refuses: (token: string) => boolean;
    /** Milliseconds by which the clock of the API is ahead. */
    let ahead = 0;

    const verify = async (header = ''): Promise<boolean> => {
      const token = header.replace(/^Bearer /, '');
      if (refuses(token)) return false;
      for (const key of registered) {
        const verified = await jwtVerify(token, key, {
          audience: AUDIENCE,
          issuer: 'robot',
          requiredClaims: ['exp', 'iat', 'jti'],
          currentDate: new Date(Date.now() + ahead),
        }).catch(() => undefined);
        if (verified) return true;
      }
      return false;
    };

    const site = useApp({
      databaseId,
      servers: {
        api: async (response, request) => {
          const date = new Date(Date.now() + ahead).toUTCString();
          response.setHeader('date', date);
          json({}, (await verify(request.headers.authorization)) ? 200 : 401)(
            response,
            request,
          );
        },
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
                type: 'jwt',
                assertion: {
                  alg: 'HS256',
                  key: SHARED,
                  keyEncoding: 'hex',
                  audience: '',
                },
              },
            },
          },
        },
      }),
    });
    const { jane } = site;
    const { api } = site.servers;

    beforeEach(() => {
      registered = [createPublicKey(KEY), createPublicKey(NEXT_KEY)];
      refuses = () => false;
      audit.events.length = 0;
    });

    const settings = (assertion: object = {}, more: object = {}) => ({
      name: 'tickets',
      baseUrl: `${api.url}/api`,
      testPath: '/me',
      consumers: ['consumer-a'],
      ...more,
      auth: {
        type: 'jwt',
        assertion: {
          kid: 'k1',
          issuer: 'robot',
          audience: AUDIENCE,
          ...assertion,
        },
      },
    });
    const withKey = (key: string, assertion: object = {}) =>
      settings({ key, ...assertion });
    const read = async (name = 'tickets') =>
      (await jane('GET', `/datasources/${name}`)).body;
    const save = async (body: object) =>
      jane('PUT', '/datasources/tickets', body, {
        'if-match': `"${(await read()).version}"`,
      });
    const take = (more: object = {}) =>
      site.app.consume('consumer-a', 'tickets', more);
    const reported = async (version: string) =>
      (await take({ rejectedVersion: version, rejectedRoute: 'GET /me' })).body;
    const forgetMemory = async () =>
      site.app.tellChange(
        (await site.knex('datasources').where({ name: 'tickets' }).first()).id,
      );

    it('are not configured until key and audience are set', async () => {
      const created = await jane(
        'POST',
        '/datasources',
        settings({ audience: undefined }),
      );
      expect(created.status).toBe(201);
      expect(created.body.status).toMatchObject({
        state: 'NOT_CONFIGURED',
        missing: ['auth.assertion.key', 'auth.assertion.audience'],
        reason: 'Missing: Assertion key, Assertion audience',
      });
      expect((await take()).body.error).toMatchObject({
        code: 'datasource_not_configured',
      });
      const named = await save(settings({ audience: '' }));
      expect(named.body.status.missing).toEqual(['auth.assertion.key']);
    });

    it('are authorized with the Save that enters the key, and signed without any call', async () => {
      const saved = await save(withKey(pemOf(KEY)));
      expect(saved.status).toBe(200);
      expect(saved.body.status).toMatchObject({
        state: 'AUTHORIZED',
        reasonCode: 'signs_on_use',
        reason: 'A new JWT is signed whenever one is needed',
        fromSettings: true,
      });
      expect(saved.body.auth.assertion.key).toMatchObject({ set: true });
      const before = Math.floor(Date.now() / 1000);
      const { status, body } = await take();
      expect(status).toBe(200);
      const { accessToken } = body;
      expect(body).toMatchObject({
        headers: { Authorization: `Bearer ${accessToken}` },
        query: {},
        secrets: [accessToken],
        version: expect.any(String),
        baseUrl: `${api.url}/api`,
        rejectedStatuses: [401],
        subject: 'service',
      });
      expect(decodeProtectedHeader(accessToken)).toMatchObject({
        alg: 'RS256',
        kid: 'k1',
      });
      const { exp = 0, iat = 0, nbf } = decodeJwt(accessToken);
      expect(exp - before).toBeGreaterThanOrEqual(59);
      expect(exp - before).toBeLessThan(75);
      expect(exp - iat).toBe(90);
      expect(nbf).toBe(iat);
      expect(body.expiresAt).toBeGreaterThan(Date.now() + 30_000);
      expect(body.expiresAt).toBeLessThan(Date.now() + 61_000);
      expect(api.requests).toEqual([]);
    });

    it('stay the same in memory until shortly before they expire', async () => {
      let first: string | undefined;
      // The notification of the Save before can come later, and then they are signed once more.
      await eventually(async () => {
        const all = await Promise.all(Array.from({ length: 10 }, () => take()));
        const tokens = new Set(all.map(({ body }) => body.accessToken));
        expect(tokens.size).toBe(1);
        [first] = tokens;
        const longer = await take({ minValiditySeconds: 29 });
        expect(longer.body.accessToken).toBe(first);
      });
      await save(withKey(pemOf(KEY), { lifetimeSeconds: 1 }));
      const short = (await take()).body.accessToken;
      expect(short).not.toBe(first);
      await eventually(async () =>
        expect((await take()).body.accessToken).not.toBe(short),
      );
      await save(settings());
    });

    it('are listed, exported, tested and counted like the others, and shown to nobody', async () => {
      const list = await jane('GET', '/datasources?way=jwt');
      expect(list.body.items).toContainEqual(
        expect.objectContaining({ name: 'tickets', type: 'jwt' }),
      );
      expect((await jane('GET', '/datasources?way=static')).body.items).toEqual(
        [],
      );
      const wrong = await jane('GET', '/datasources?way=magic');
      expect(wrong).toMatchObject({
        status: 400,
        body: {
          error: {
            code: 'invalid_request',
            fields: { way: expect.stringContaining('static, jwt, none') },
          },
        },
      });
      const exported = await jane('GET', '/datasources/tickets/export');
      expect(exported.body).toContain('type: jwt');
      expect(exported.body).toContain('key: ${TICKETS_ASSERTION_KEY}');
      const tested = await jane('POST', '/datasources/tickets/test');
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      await site.app.flush();
      expect((await read()).status).toMatchObject({
        verifiedAt: expect.any(Number),
        lastUsedAt: expect.any(Number),
      });
      const health = await jane('GET', '/health');
      expect(
        health.body.checks.find(({ id }: { id: string }) => id === 'secrets'),
      ).toMatchObject({ detail: expect.stringMatching(/private key/) });
      const everything = JSON.stringify([
        list.body,
        exported.body,
        tested.body,
        audit.events,
        await read(),
        (await jane('GET', '/datasources/tickets/activity')).body,
        await site.knex('datasources').select(),
        await site.knex('credentials').select(),
      ]);
      expect(everything).not.toContain('PRIVATE KEY');
      // With its dot: an encrypted value can contain the letters by chance.
      expect(everything).not.toMatch(/eyJ[\w-]+\./);
      expect(everything).not.toContain(SHARED);
    });

    it.each<[string, object, RegExp]>([
      [
        'a key of another algorithm',
        { key: pemOf(EC_KEY) },
        /RS256. Enter a PEM or JWK of that kind/,
      ],
      [
        'an encrypted key without its passphrase',
        { key: ENCRYPTED },
        /The private key is encrypted. Enter its passphrase/,
      ],
      [
        'a wrong passphrase',
        { key: ENCRYPTED, passphrase: 'open' },
        /can't be decrypted with this passphrase/,
      ],
      [
        'a shared secret that is a PEM',
        { key: pemOf(KEY), alg: 'HS256' },
        /HS256 needs a shared secret, and this is a key in PEM/,
      ],
      [
        'a shared secret that is too short',
        { key: 'short', alg: 'HS512' },
        /at least 64 bytes/,
      ],
      [
        'the certificate of another key',
        {
          key: pemOf(KEY),
          certificate: selfSignedCertificate('client.example').cert,
        },
        /The certificate belongs to another private key/,
      ],
      [
        'a template without a value',
        { key: pemOf(KEY), claims: { scope: '{{scopes}}' } },
        /{{scopes}} is unknown here/,
      ],
    ])(
      'are an error with %s: in the status, the test and for plugins',
      async (_, assertion, text) => {
        const { body } = await save(
          settings({ passphrase: null, ...assertion }),
        );
        expect(body.status).toMatchObject({
          state: 'ERROR',
          reasonCode: 'cannot_sign',
          reason: expect.stringMatching(text),
          lastError: {
            code: 'cannot_sign',
            title: "The JWT can't be signed",
            remedy: 'Correct the assertion settings and save.',
          },
        });
        const taken = await take();
        expect(taken.status).toBe(409);
        expect(taken.body.error).toMatchObject({
          code: 'datasource_not_configured',
          message: expect.stringMatching(text),
        });
        const attempt = await jane('POST', '/authorizations', {
          datasource: 'tickets',
          settings: settings({ passphrase: null, ...assertion }),
        });
        expect(attempt.body).toMatchObject({
          status: 'failed',
          error: { code: 'cannot_sign', cause: expect.stringMatching(text) },
        });
        const tested = await jane(
          'POST',
          `/authorizations/${attempt.body.id}/test`,
        );
        expect(tested.body).toMatchObject({ ok: false });
        expect(JSON.stringify([body, taken.body, tested.body])).not.toMatch(
          /PRIVATE KEY|sesame/,
        );
        expect(api.requests).toEqual([]);
        const corrected = await save(
          withKey(ENCRYPTED, { passphrase: 'sesame' }),
        );
        expect(corrected.body.status.state).toBe('AUTHORIZED');
        expect((await take()).status).toBe(200);
      },
    );

    it('threats 1: go nowhere else without their key being entered again', async () => {
      for (const more of [
        { baseUrl: 'http://127.0.0.1:9/api' },
        { allowedHosts: ['127.0.0.1:9'] },
      ]) {
        const moved = await save(settings({}, more));
        expect([moved.status, moved.body.error?.code]).toEqual([
          400,
          'secrets_required',
        ]);
        expect(moved.body.error.fields).toHaveProperty(['auth.assertion.key']);
      }
    });

    it('threats 1: are not signed where someone moved the address in the database', async () => {
      const row = await site
        .knex('datasources')
        .where({ name: 'tickets' })
        .first();
      await site
        .knex('datasources')
        .where({ id: row.id })
        .update({
          settings: row.settings.replace(api.url, 'http://127.0.0.1:9'),
        });
      await forgetMemory();
      const refused = await take();
      expect(refused.status).not.toBe(200);
      expect(JSON.stringify(refused.body)).not.toMatch(/eyJ/);
      await site
        .knex('datasources')
        .where({ id: row.id })
        .update({ settings: row.settings });
      await forgetMemory();
      expect((await take()).status).toBe(200);
    });

    it('have another version with a new key, and what the old one signed is forgotten', async () => {
      const before = (await take()).body;
      expect((await take()).body.version).toBe(before.version);
      await save(withKey(pemOf(NEXT_KEY)));
      const after = (await take()).body;
      expect(after.version).not.toBe(before.version);
      await jwtVerify(after.accessToken, createPublicKey(NEXT_KEY));
      await save(settings({}, { title: 'Tickets' }));
      await jwtVerify(
        (
          await take()
        ).body.accessToken,
        createPublicKey(NEXT_KEY),
      );
    });

    it('stay cleared until the key is entered again', async () => {
      await jane('DELETE', '/datasources/tickets/credential');
      expect((await read()).status).toMatchObject({
        state: 'NOT_AUTHORIZED',
        reasonCode: 'cleared',
      });
      expect((await take()).body.error.code).toBe('datasource_not_authorized');
      await save(settings({}, { title: 'Other' }));
      expect((await read()).status.state).toBe('NOT_AUTHORIZED');
      await save(withKey(pemOf(KEY)));
      expect((await take()).status).toBe(200);
    });

    it('have one successor where a plugin reports a rejection, and then the test path decides', async () => {
      const first = (await take()).body;
      const second = await reported(first.version);
      expect(second.version).not.toBe(first.version);
      expect(second.accessToken).not.toBe(first.accessToken);
      expect(api.requests).toEqual([]);
      // A late report of the first one changes nothing.
      expect((await reported(first.version)).version).toBe(second.version);
      for (let call = 0; call < 5; call += 1) {
        const again = await reported(second.version);
        expect(again.version).toBe(second.version);
      }
      await eventually(async () => {
        const { body } = await jane('GET', '/datasources/tickets/activity');
        expect(body.items[0]).toMatchObject({
          kind: 'rejected',
          actor: 'plugin:consumer-a',
          details: { status: 200 },
        });
      });
      expect(api.requests).toHaveLength(1);
      expect((await read()).status.state).toBe('AUTHORIZED');
    });

    it('are an error that the test path confirms: once, without a storm, until the API accepts one', async () => {
      await save(withKey(pemOf(NEXT_KEY)));
      registered = [];
      const first = (await take()).body;
      const second = await reported(first.version);
      for (let call = 0; call < 10; call += 1) {
        const again = await reported(second.version);
        expect(again.version).toBe(second.version);
      }
      await eventually(async () =>
        expect((await read()).status).toMatchObject({
          state: 'ERROR',
          reasonCode: 'rejected_by_api',
          reason: 'The API rejects the key.',
          lastError: {
            code: 'rejected_by_api',
            cause: expect.stringContaining('also with a new JWT'),
          },
        }),
      );
      expect(api.requests).toHaveLength(1);
      // The notice follows the status.
      await eventually(async () => {
        const notices = await site.knex('notices').where({ kind: 'outage' });
        expect(notices).toHaveLength(1);
      });
      expect((await reported(second.version)).version).toBe(second.version);
      registered = [createPublicKey(NEXT_KEY)];
      await jane('POST', '/datasources/tickets/test');
      expect((await read()).status.state).toBe('AUTHORIZED');
      await save(withKey(pemOf(KEY)));
    });

    it('get another successor after the cooldown', async () => {
      const first = (await take()).body;
      const second = await reported(first.version);
      await site.knex('credentials').update({ obtained_at: 0 });
      await forgetMemory();
      expect((await reported(second.version)).version).not.toBe(second.version);
    });

    it('are repeated once by the gateway', async () => {
      await save({
        ...withKey(pemOf(KEY)),
        gateway: { routes: [{ methods: ['GET'], path: '/**' }] },
      });
      const call = async () =>
        (await jane('GET', '/gateway/tickets/things')).status;
      const seen = () =>
        api.requests
          .filter(({ path }) => path.startsWith('/api/things'))
          .map(({ headers }) => headers.authorization);
      expect(await call()).toBe(200);
      let asked = 0;
      refuses = () => (asked += 1) === 1;
      expect(await call()).toBe(200);
      const [, refused, accepted] = seen();
      expect(accepted).not.toBe(refused);
      expect(seen()).toHaveLength(3);
      refuses = () => true;
      expect(await call()).toBe(401);
      expect(seen()).toHaveLength(4);
    });

    it('can be tested before they are saved, and are swapped in one Save', async () => {
      const before = (await take()).body.version;
      const attempt = await jane('POST', '/authorizations', {
        datasource: 'tickets',
        settings: withKey(pemOf(NEXT_KEY)),
      });
      expect(attempt.body.status).toBe('granted');
      expect(JSON.stringify(attempt.body)).not.toMatch(/eyJ|PRIVATE KEY/);
      const { id } = attempt.body;
      const tested = await jane('POST', `/authorizations/${id}/test`);
      expect(tested.body).toMatchObject({ ok: true, status: 200 });
      const [, sent] = api.last.headers.authorization!.split(' ');
      await jwtVerify(sent, createPublicKey(NEXT_KEY));
      expect((await take()).body.version).toBe(before);
      const saved = await save({ ...settings(), authorizationId: id });
      expect(saved.status).toBe(200);
      await jwtVerify(
        (
          await take()
        ).body.accessToken,
        createPublicKey(NEXT_KEY),
      );
    });

    it("are signed with the time of the API's clock, once a rejection has told it", async () => {
      await save({
        ...withKey(pemOf(KEY)),
        gateway: { routes: [{ methods: ['GET'], path: '/**' }] },
      });
      ahead = 5 * 60_000;
      try {
        const { status } = await jane('GET', '/gateway/tickets/things');
        expect(status).toBe(200);
        expect(api.requests).toHaveLength(2);
      } finally {
        ahead = 0;
        await jane('POST', '/datasources/tickets/test');
      }
    });

    it('are signed by each replica, and none serves those of an older generation', async () => {
      await save(withKey(pemOf(KEY)));
      const other = await site.start();
      try {
        const theirs = async () =>
          (await other.consume('consumer-a', 'tickets')).body;
        const mine = (await take()).body;
        const before = await theirs();
        expect(before.version).toBe(mine.version);
        expect(before.accessToken).not.toBe(mine.accessToken);
        const [next, same] = await Promise.all([
          reported(mine.version),
          reported(mine.version),
        ]);
        expect(next.version).not.toBe(mine.version);
        expect(same.version).toBe(next.version);
        const { id } = await site
          .knex('datasources')
          .where({ name: 'tickets' })
          .first('id');
        other.tellChange(id);
        expect((await theirs()).version).toBe(next.version);
      } finally {
        await other.stop();
      }
      expect((await take()).status).toBe(200);
    });

    it('are served on while the database is away, and replaced when it is back', async () => {
      await save(withKey(pemOf(KEY)));
      const first = (await take()).body;
      const store = jest
        .spyOn(CredentialStore.prototype, 'storeTokens')
        .mockRejectedValueOnce(new Error('read ECONNRESET'));
      const failed = await take({ rejectedVersion: first.version });
      expect(failed.status).toBe(503);
      expect(failed.body.error).toMatchObject({
        code: 'datasource_unavailable',
        message: expect.not.stringContaining('ECONNRESET'),
      });
      expect((await take()).body.version).toBe(first.version);
      expect((await reported(first.version)).version).not.toBe(first.version);
      store.mockRestore();
    });

    it('are an error under another encryption key, and work again under theirs', async () => {
      const before = (await take()).body.version;
      const other = await site.start({
        encryption: { keys: [{ id: 'k2', secret: 'another-'.repeat(5) }] },
      });
      try {
        const { status, body } = await other.consume('consumer-a', 'tickets');
        expect([status, body.error.code]).toEqual([
          503,
          'datasource_unavailable',
        ]);
        const seen = await other.user('user:default/jane');
        expect(
          (await seen('GET', '/datasources/tickets')).body.status,
        ).toMatchObject({ state: 'ERROR', reasonCode: 'unreadable' });
      } finally {
        await other.stop();
      }
      expect((await take()).body.version).toBe(before);
      expect((await read()).status.state).toBe('AUTHORIZED');
    });

    it('are declared in the configuration, with a shared secret and without an audience', async () => {
      const { body } = await site.app.consume('consumer-a', 'declared');
      const { payload } = await jwtVerify(
        body.accessToken,
        Buffer.from(SHARED, 'hex'),
      );
      expect(payload).not.toHaveProperty('aud');
      // The replica with another encryption key had replaced it. The change feed says so within two seconds.
      await eventually(async () => {
        await site.app.consume('consumer-a', 'declared');
        expect((await read('declared')).status.state).toBe('AUTHORIZED');
      });
      const { generation } = await site
        .knex('credentials')
        .join('datasources', 'datasources.id', 'credentials.datasource_id')
        .where({ name: 'declared' })
        .first('generation');
      expect(Number(generation)).toBe(1);
    });
  },
);
