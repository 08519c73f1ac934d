import { ApiClient } from '../__testUtils__/startDatasourceAuth';
import { RunningGateway, startGateway } from '../__testUtils__/startGateway';

jest.setTimeout(60_000);

const EXPIRED = JSON.stringify({ error: { code: 4001 } });
const API = { expired: { path: 'error.code', equals: [4001] } };

describe('N5 a test path that reports an expired token with status 200', () => {
  let gateway: RunningGateway;
  let jane: ApiClient;

  beforeEach(async () => {
    gateway = await startGateway(() => ({
      crm: { consumers: '*', testPath: '/me', api: API },
    }));
    jane = await gateway.app.user('user:default/jane');
  });
  afterEach(() => gateway?.stop());

  /** Reports all tokens as expired, except some. */
  const accept = (...tokens: string[]) =>
    gateway.api.answer((response, { headers }) => {
      const isAccepted = tokens.some(
        token => headers.authorization === `Bearer ${token}`,
      );
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(isAccepted ? '{}' : EXPIRED);
    });
  const test = async (name: string) =>
    (await jane('POST', `/datasources/${name}/test`)).body;
  const statusOf = async (name: string) =>
    (await jane('GET', `/datasources/${name}`)).body.status;
  const OWN: Array<[string, object]> = [
    ['static', { type: 'static', bearer: 'key-of-the-api' }],
    [
      'jwt',
      {
        type: 'jwt',
        assertion: { alg: 'HS256', key: 'k'.repeat(32), audience: '' },
      },
    ],
  ];
  const save = async (name: string, auth: object) => {
    const { status } = await jane('POST', '/datasources', {
      ...{ name, auth, api: API, testPath: '/me' },
      baseUrl: `${gateway.api.url}/base`,
    });
    expect(status).toBe(201);
  };

  it('gets one refreshed token, and counts as success when that one works', async () => {
    accept('token-2');
    expect(await test('crm')).toMatchObject({ ok: true, status: 200 });
    expect(gateway.issued()).toBe(2);
    expect(gateway.api.seen).toHaveLength(2);
    expect(await statusOf('crm')).toMatchObject({
      ...{ state: 'AUTHORIZED', verifiedAt: expect.anything() },
    });
  });

  it('fails after one refresh when the new token has expired as well', async () => {
    accept();
    expect(await test('crm')).toMatchObject({
      ...{ ok: false, status: 200, tokenExpired: true },
      steps: [
        { step: 'token', ok: true },
        {
          ...{ step: 'call', ok: false },
          message: expect.stringContaining('expired'),
        },
      ],
    });
    expect(gateway.issued()).toBe(2);
    expect(gateway.api.seen).toHaveLength(2);
  });

  it.each(OWN)(
    'fails at once for the kind %s, whose status says so until a success',
    async (name, auth) => {
      await save(name, auth);
      accept();
      expect(await test(name)).toMatchObject({ ok: false, tokenExpired: true });
      expect(gateway.api.seen).toHaveLength(1);
      expect(await statusOf(name)).toMatchObject({
        ...{ state: 'ERROR', reasonCode: 'rejected_by_api' },
      });
      gateway.api.answer(response => response.end('{}'));
      expect(await test(name)).toMatchObject({ ok: true });
      expect(await statusOf(name)).toMatchObject({ state: 'AUTHORIZED' });
    },
  );
});
