import { RunningGateway, startGateway } from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

describe('an API that rejects fresh tokens', () => {
  let gateway: RunningGateway;
  /** Of the token that was issued first. */
  let version: string;

  beforeEach(async () => {
    gateway = await startGateway(() => ({
      crm: {
        consumers: '*',
        testPath: '/me',
        gateway: {
          routes: [
            { methods: ['GET'], path: '/me' },
            { methods: ['GET'], path: '/admin/**' },
          ],
        },
      },
    }));
    gateway.api.answer((response, { target }) => {
      response.statusCode = target === '/base/me' ? 200 : 401;
      response.end(`said of ${target}`);
    });
    await gateway.call('/crm/me');
    ({ version } = (await gateway.app.consume('consumer-a', 'crm')).body);
  });

  afterEach(() => gateway?.stop());

  const statusOf = async () => {
    const jane = await gateway.app.user('user:default/jane');
    return (await jane('GET', '/datasources/crm')).body.status;
  };
  const reject = (more: object) =>
    gateway.app.consume('consumer-a', 'crm', {
      rejectedVersion: version,
      ...more,
    });

  it('returns its own 401 to the caller, and no state changes', async () => {
    const answer = await gateway.call('/crm/admin/users');
    expect(answer).toMatchObject({
      status: 401,
      text: 'said of /base/admin/users',
    });
    expect(answer.headers['x-datasource-auth-answer']).toBe('api');
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
  });

  it("isn't detected from a user who may only use it, with any path, directly or through a plugin", async () => {
    for (let call = 0; call < 5; call += 1) {
      await gateway.call(`/crm/admin/${call}`);
      const taken = await reject({
        userRef: 'user:default/jane',
        rejectedRoute: `GET /${call}`,
      });
      expect(taken.status).toBe(503);
    }
    expect(gateway.issued()).toBe(1);
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
  });

  it.each([
    [['GET /admin/users', 'GET /admin', 'POST /admin/', 'GET /admin?page=2']],
    [['GET /admin', 'GET /%61dmin', 'GET /x/../admin', 'GET /admin/%7e']],
    [['GET admin', 'GET', '/users', '/groups', 'get /teams', 'GET /a//b']],
  ])(
    "threats 29: isn't detected from one path, for any caller and spelling: %j",
    async routes => {
      await gateway.call('/crm/admin/users');
      for (const rejectedRoute of routes) await reject({ rejectedRoute });
      expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
    },
  );

  it('is detected after three rejections on several routes, until a call succeeds', async () => {
    await gateway.call('/crm/admin/users');
    await reject({ rejectedRoute: 'GET /users' });
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
    await reject({ rejectedRoute: 'GET /groups' });
    expect(await statusOf()).toMatchObject({
      state: 'ERROR',
      reasonCode: 'rejected_by_api',
      lastError: {
        cause: expect.stringMatching(/the last one \d+ seconds? after/),
      },
    });
    expect((await gateway.call('/crm/me')).status).toBe(200);
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
  });

  it('is cleared when a plugin or a test reports that a token was accepted', async () => {
    const fail = async () => {
      await gateway.call('/crm/admin/users');
      await reject({ rejectedRoute: 'GET /users' });
      await reject({ rejectedRoute: 'GET /groups' });
      expect(await statusOf()).toMatchObject({ state: 'ERROR' });
    };
    await fail();
    await gateway.app.consume('consumer-a', 'crm', {
      acceptedVersion: version,
    });
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
    await fail();
    const jane = await gateway.app.user('user:default/jane');
    expect((await jane('POST', '/datasources/crm/test')).body.ok).toBe(true);
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
  });

  it('is detected when the test path rejects token after token', async () => {
    gateway.api.answer(response => {
      response.statusCode = 401;
      response.end();
    });
    const jane = await gateway.app.user('user:default/jane');
    await jane('POST', '/datasources/crm/test');
    expect(await statusOf()).toMatchObject({ state: 'AUTHORIZED' });
    await jane('POST', '/datasources/crm/test');
    expect(await statusOf()).toMatchObject({
      state: 'ERROR',
      reasonCode: 'rejected_by_api',
    });
  });
});
