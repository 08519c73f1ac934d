import { databases } from '../__testUtils__/databases';
import { useApp } from '../__testUtils__/useApp';
import { json } from '../egress/__testUtils__/LocalServer';

jest.setTimeout(120_000);

const KEY = 'key-of-the-api';
const SECRET = 'secret-of-the-client';

describe.each(databases.eachSupportedId())(
  'the test of a draft, on %s',
  databaseId => {
    let apiStatus = 200;
    let isClientKnown = true;
    const site = useApp({
      databaseId,
      servers: {
        api: (response, request) => json({}, apiStatus)(response, request),
        provider: (response, request) =>
          (isClientKnown
            ? json({ access_token: 'token-1', token_type: 'Bearer' })
            : json({ error: 'invalid_client' }, 401))(response, request),
      },
      app: () => ({
        datasourceAuth: {
          access: { managers: ['user:default/jane', 'user:default/kim'] },
          callbackUrl:
            'http://localhost:7007/api/datasource-auth/oauth/callback',
          egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
        },
      }),
    });
    const { jane } = site;
    const { api, provider } = site.servers;
    let count = 0;
    let name: string;

    beforeEach(() => {
      apiStatus = 200;
      isClientKnown = true;
      count += 1;
      name = `tickets-${count}`;
    });

    const base = (more: object) => ({
      name,
      baseUrl: `${api.url}/api`,
      testPath: '/me',
      ...more,
    });
    const held = (more: object = {}) =>
      base({
        auth: {
          type: 'static',
          headers: { 'X-Key': { secret: true, value: KEY } },
        },
        ...more,
      });
    const client = (more: object = {}) =>
      base({
        auth: {
          grantType: 'client_credentials',
          clientId: 'backstage',
          clientSecret: SECRET,
          token: { url: `${provider.url}/token` },
        },
        ...more,
      });

    const body = async (...call: Parameters<typeof jane>) => {
      const answer = await jane(...call);
      expect(answer.status).toBeLessThan(300);
      return answer.body;
    };
    const read = () => body('GET', `/datasources/${name}`);
    const attempt = async (settings: object, datasource?: string) =>
      (await body('POST', '/authorizations', { settings, datasource })).id;
    const create = (settings: object, tried: string, credential?: object) =>
      body('POST', '/datasources', {
        ...settings,
        testedAuthorizationId: tried,
        credential,
      });
    const update = async (settings: object, tried?: string) =>
      body(
        'PUT',
        `/datasources/${name}`,
        { ...settings, testedAuthorizationId: tried },
        { 'if-match': `"${(await read()).version}"` },
      );

    it('is still there after Save, with its steps and its time, and without secrets', async () => {
      apiStatus = 401;
      const tried = await attempt(held());
      const test = await body('POST', `/authorizations/${tried}/test`);
      expect(test).toMatchObject({ ok: false, status: 401 });
      const created = await create(held({ title: 'Tickets' }), tried);
      expect(created.failedTest).toEqual(test);
      expect((await read()).failedTest).toEqual(test);
      expect(JSON.stringify(await read())).not.toContain(KEY);
      expect((await jane('GET', `/authorizations/${tried}`)).status).toBe(404);
    });

    it('is a refused client, too', async () => {
      isClientKnown = false;
      const tried = await attempt(client());
      expect((await create(client(), tried)).failedTest).toMatchObject({
        ok: false,
        steps: [{ step: 'token', diagnosis: { code: 'invalid_client' } }],
      });
      expect(JSON.stringify(await read())).not.toContain(SECRET);
      isClientKnown = true;
      await body('POST', '/authorizations', {
        ...{ datasource: name, commit: true },
      });
      expect((await read()).failedTest).toBeUndefined();
    });

    it('is that of the staged credential', async () => {
      apiStatus = 403;
      const tried = await attempt(client());
      const test = await body('POST', `/authorizations/${tried}/test`);
      const credential = { action: 'replace', authorizationId: tried };
      const created = await create(client(), tried, credential);
      expect(created).toMatchObject({
        failedTest: test,
        status: { state: 'AUTHORIZED' },
      });
    });

    it.each([
      ['of a key', held],
      ['of a staged token', client],
    ])('that passed %s verifies what is saved', async (_, form) => {
      const tried = await attempt(form());
      const test = await body('POST', `/authorizations/${tried}/test`);
      const isStaged = form === client;
      expect(test.steps).toMatchObject([
        { step: isStaged ? 'token' : 'settings', ok: true },
        { step: 'call', ok: true },
      ]);
      const created = await body('POST', '/datasources', {
        ...form({ consumers: ['search'] }),
        authorizationId: tried,
        ...(isStaged && {
          credential: { action: 'replace', authorizationId: tried },
        }),
      });
      expect(created.status.verifiedAt).toBe(test.testedAt);
    });

    it('leaves the time at which the secret of a staged token was entered', async () => {
      const tried = await attempt(client());
      const test = await body('POST', `/authorizations/${tried}/test`);
      const credential = { action: 'replace', authorizationId: tried };
      const { auth } = await create(client(), tried, credential);
      expect(auth.clientSecret.updatedAt).toBeLessThanOrEqual(test.testedAt);
    });

    it('that passed verifies neither another key nor another path', async () => {
      for (const other of [
        { testPath: '/you' },
        {
          auth: {
            type: 'static',
            headers: { 'X-Key': { secret: true, value: 'another-key' } },
          },
        },
      ]) {
        const tried = await attempt(held());
        await body('POST', `/authorizations/${tried}/test`);
        const created = await create(
          { ...held(other), authorizationId: tried },
          tried,
        );
        expect(created.status.verifiedAt).toBeUndefined();
        name = `${name}-2`;
      }
    });

    it('is replaced by a later test, and forgotten when one passes', async () => {
      apiStatus = 401;
      const tried = await attempt(held());
      await body('POST', `/authorizations/${tried}/test`);
      await create(held(), tried);
      apiStatus = 404;
      const later = await body('POST', `/datasources/${name}/test`);
      expect((await read()).failedTest).toEqual(later);
      apiStatus = 200;
      await body('POST', `/datasources/${name}/test`);
      expect((await read()).failedTest).toBeUndefined();
    });

    it('survives a Save of what no test depends on, but not one of tested settings or secrets', async () => {
      apiStatus = 401;
      const fail = async () => {
        const tried = await attempt(held({ testPath: '/you' }), name);
        await body('POST', `/authorizations/${tried}/test`);
        await update(held({ testPath: '/you' }), tried);
        expect((await read()).failedTest).toBeDefined();
      };
      await body('POST', '/datasources', held());
      const kept = base({
        testPath: '/you',
        auth: { type: 'static', headers: { 'X-Key': { secret: true } } },
      });
      await fail();
      await update({ ...kept, title: 'Tickets', consumers: ['search'] });
      expect((await read()).failedTest).toBeDefined();
      await update({ ...kept, testPath: '/they' });
      expect((await read()).failedTest).toBeUndefined();
      await fail();
      await update(held({ testPath: '/you' }));
      expect((await read()).failedTest).toBeUndefined();
    });

    it('is ignored if it is of another form or another user', async () => {
      apiStatus = 401;
      const tried = await attempt(held());
      await body('POST', `/authorizations/${tried}/test`);
      const other = await create(held({ testPath: '/you' }), tried);
      expect(other.failedTest).toBeUndefined();
      name = `${name}-of-kim`;
      const kim = await site.app.user('user:default/kim');
      const stolen = await kim('POST', '/datasources', {
        ...held(),
        testedAuthorizationId: tried,
      });
      expect(stolen.status).toBe(201);
      expect(stolen.body.failedTest).toBeUndefined();
      expect((await jane('GET', `/authorizations/${tried}`)).status).toBe(200);
    });
  },
);
