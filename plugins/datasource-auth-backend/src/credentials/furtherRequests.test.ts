import { databaseIds } from '../__testUtils__/databases';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { Egress } from '../egress/Egress';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';

jest.setTimeout(60_000);

const HOUR = 3_600_000;

describe.each(databaseIds())(
  'N5 a token that requires two requests on %s',
  databaseId => {
    let first: LocalServer;
    let second: LocalServer;
    let a: TestReplica;
    let b: TestReplica;
    let id: string;

    beforeEach(async () => {
      const { knex } = await setUpReplica(databaseId);
      first = await LocalServer.start(json({ session: 's1' }));
      second = await LocalServer.start();
      const egress = new Egress(
        { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
        { environment: {} },
      );
      const client = DefaultProviderClient.create({ egress });
      a = new TestReplica({ knex, client, leaseMilliseconds: 1_000 });
      b = new TestReplica({ knex, client, leaseMilliseconds: 1_000 });
      const requestedAt = Date.now();
      id = await a.save(
        {
          ...{ accessToken: 'at-1', tokenType: 'Bearer', kept: {} },
          requestedAt,
          expiresAt: requestedAt + HOUR,
        },
        {
          auth: {
            grantType: 'client_credentials',
            token: {
              url: `${first.url}/login`,
              then: {
                url: `${second.url}/token`,
                params: { session: '{{answer.session}}' },
              },
            },
          },
        },
      );
      await a.age(id, 2 * HOUR);
    });

    afterEach(async () => {
      await Promise.all([first.stop(), second.stop()]);
    });

    const works = () =>
      second.behave(json({ access_token: 'at-2', expires_in: 60 }));

    it('starts again with the first request after the second one lost its connection', async () => {
      second.behave(() => second.cut());
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      expect(await a.row(id)).toMatchObject({ state: 'live', generation: 1 });
      works();
      expect(await a.take('crm', { person: true })).toBe('at-2');
      expect(first.requests).toHaveLength(2);
      expect(await a.row(id)).toMatchObject({ generation: 2 });
    });

    it('is obtained by another process if the first one stopped between the two', async () => {
      let stopped = () => {};
      const between = new Promise<void>(resolve => {
        stopped = resolve;
      });
      second.behave(() => stopped());
      const lost = a.take('crm').catch(() => undefined);
      await between;
      works();
      await b.endLease(id);
      expect(await b.take('crm', { person: true })).toBe('at-2');
      expect(first.requests).toHaveLength(2);
      second.cut();
      await lost;
      expect(b.open(await b.row(id))).toMatchObject({ accessToken: 'at-2' });
    });
  },
);
