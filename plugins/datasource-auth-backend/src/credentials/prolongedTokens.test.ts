import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { Egress } from '../egress/Egress';
import {
  Behavior,
  json,
  LocalServer,
  text,
} from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';

jest.setTimeout(60_000);

const MINUTE = 60_000;

/** A provider that prolongs its tokens and issues no refresh tokens. */
describe.each(databaseIds())('N5 a prolonged token on %s', databaseId => {
  let knex: Knex;
  let server: LocalServer;
  let a: TestReplica;
  let id: string;
  let prolong: Behavior;

  beforeEach(async () => {
    ({ knex } = await setUpReplica(databaseId));
    prolong = json({ expires_in: 3_600 });
    server = await LocalServer.start((response, request) =>
      request.path === '/extend'
        ? prolong(response, request)
        : json({ access_token: 'at-2', expires_in: 3_600 })(response, request),
    );
    const egress = new Egress(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    const client = DefaultProviderClient.create({ egress });
    a = new TestReplica({ knex, client });
  });

  afterEach(async () => {
    await server.stop();
  });

  const save = async (grantType: string, refresh = {}, auth = {}) => {
    const requestedAt = Date.now();
    id = await a.save(
      {
        ...{ accessToken: 'at-1', tokenType: 'Token', kept: {}, requestedAt },
        expiresAt: requestedAt + 3_600_000,
      },
      {
        auth: {
          ...{ grantType, token: { url: `${server.url}/token` } },
          refresh: {
            url: `${server.url}/extend`,
            grantType: '',
            params: { token: '{{token.accessToken}}' },
            keepsAccessToken: true,
            ...refresh,
          },
          ...auth,
        },
      },
    );
  };
  const paths = () => server.requests.map(({ path }) => path);
  /** Makes a refresh due while the token is still valid. */
  const due = async (left: number) => {
    await a.age(id, 3_600_000 - left);
    return a.take('crm', { newerThan: 1, person: true });
  };

  it.each(['authorization_code', 'client_credentials'])(
    'stays the same token with a new expiry under %s',
    async grantType => {
      await save(grantType);
      expect(await due(MINUTE)).toBe('at-1');
      expect(paths()).toEqual(['/extend']);
      expect(Object.fromEntries(server.last.form)).toEqual({ token: 'at-1' });
      const row = await a.row(id);
      expect(row).toMatchObject({ generation: 2, hasRefreshToken: false });
      expect(row.expiresAt! - row.readAt).toBeGreaterThan(59 * MINUTE);
      expect(row.refreshDueAt).toBeLessThan(row.expiresAt!);
      expect(a.open(row)).toMatchObject({ accessToken: 'at-1' });
    },
  );

  it('is prolonged by an empty response', async () => {
    prolong = response => {
      response.writeHead(204).end();
    };
    await save('authorization_code');
    expect(await due(MINUTE)).toBe('at-1');
  });

  it('is replaced if the provider issues another one', async () => {
    prolong = json({ access_token: 'at-3', expires_in: 60 });
    await save('authorization_code');
    expect(await due(MINUTE)).toBe('at-3');
  });

  it.each<[string, Behavior]>([
    ['an error in an unknown format', json({ outcome: 'denied' })],
    ['a known error', json({ error: 'invalid_token', expires_in: 1 })],
    ['a refusal', json({ error: 'invalid_token' }, 401)],
    ['a web page', text('<html></html>', 'text/html')],
    ['plain text', text('OK', 'text/plain')],
  ])('is not prolonged by %s, and stays valid', async (_, response) => {
    prolong = response;
    await save('authorization_code');
    expect(await due(MINUTE).catch(error => error.code)).not.toBe('at-1');
    expect(await a.row(id)).toMatchObject({ generation: 1, state: 'live' });
    expect(await a.take('crm')).toBe('at-1');
  });

  it('is prolonged only by the configured success value', async () => {
    const success = { path: 'outcome', equals: 'prolonged' };
    await save('authorization_code', {}, { response: { success } });
    prolong = json({ outcome: 'denied', expires_in: 3_600 });
    await expect(due(MINUTE)).rejects.toMatchObject({ statusCode: 503 });
    prolong = json({ outcome: 'prolonged' });
    const renewed = await a.take('crm', { newerThan: 1, person: true });
    expect(renewed).toBe('at-1');
    expect(await a.row(id)).toMatchObject({ generation: 2 });
  });

  it('is replaced by repeating the grant once it has expired, if the grant needs no approval', async () => {
    await save('client_credentials');
    expect(await due(-MINUTE)).toBe('at-2');
    expect(paths()).toEqual(['/token']);
  });

  it('ends when it has expired, if the grant needs an approval', async () => {
    await save('authorization_code');
    await expect(due(-MINUTE)).rejects.toMatchObject({
      code: 'datasource_not_authorized',
    });
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['client_credentials', ['/token']],
    ['authorization_code', []],
  ])(
    'is not prolonged when the API rejects it (%s)',
    async (grantType, expected) => {
      await save(grantType);
      await a.take('crm');
      await a.age(id, 30 * MINUTE);
      const taken = await a
        .take('crm', { rejectedToken: 'at-1' })
        .catch(error => error.code);
      expect(['at-2', 'datasource_not_authorized']).toContain(taken);
      expect(paths()).toEqual(expected);
    },
  );

  it('is replaced by repeating the grant after a refusal', async () => {
    prolong = json({ error: 'invalid_grant' }, 400);
    await save('client_credentials');
    await due(MINUTE).catch(() => {});
    expect(await a.row(id)).toMatchObject({ state: 'live' });
    await a.age(id, 2 * MINUTE);
    expect(await a.take('crm', { person: true })).toBe('at-2');
  });
});
