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
      a = new TestReplica({ knex, client });
      b = new TestReplica({ knex, client });
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

    describe('after a refresh', () => {
      const refreshed = json({ session: 's2', refresh_token: 'rt-2' });

      beforeEach(async () => {
        const requestedAt = Date.now();
        first.behave(refreshed);
        id = await a.save(
          {
            ...{ accessToken: 'at-1', tokenType: 'Bearer', kept: {} },
            refreshToken: 'rt-1',
            requestedAt,
            expiresAt: requestedAt + HOUR,
          },
          {
            name: 'box',
            auth: {
              grantType: 'authorization_code',
              authorize: { url: `${first.url}/authorize` },
              token: { url: `${first.url}/login` },
              refresh: {
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

      const refreshTokens = () =>
        first.requests.flatMap(({ form }) => form.get('refresh_token') ?? []);
      const sessions = () =>
        second.requests.map(({ form }) => form.get('session'));

      it('gets the token with what the refresh returned, and keeps the rotated refresh token', async () => {
        works();
        expect(await a.take('box')).toBe('at-2');
        const row = await a.row(id);
        expect(row).toMatchObject({ generation: 3, stage: undefined });
        expect(a.open(row)).toMatchObject({
          accessToken: 'at-2',
          refreshToken: 'rt-2',
        });
        expect(a.open(row)).not.toHaveProperty('answer');
        expect(refreshTokens()).toEqual(['rt-1']);
        expect(sessions()).toEqual(['s2']);
      });

      it('I2 I3: presents the refresh token once where the process stops between the two', async () => {
        const stop = a.stopAt('committed');
        const lost = a.take('box').catch(() => undefined);
        await stop.arrived;
        expect(await b.row(id)).toMatchObject({
          ...{ state: 'live', stage: 'answered', generation: 2 },
          leaseOwner: undefined,
        });
        works();
        expect(await b.take('box')).toBe('at-2');
        stop.go();
        expect(await lost).toBe('at-2');
        expect(refreshTokens()).toEqual(['rt-1']);
        expect(sessions()).toEqual(['s2']);
      });

      it('repeats only the further request after that one got no response', async () => {
        second.behave(() => second.cut());
        await expect(a.take('box')).rejects.toMatchObject({ statusCode: 503 });
        expect(await a.row(id)).toMatchObject({
          ...{ state: 'live', stage: 'answered', attempts: 1 },
        });
        works();
        expect(await b.take('box', { person: true })).toBe('at-2');
        expect(refreshTokens()).toEqual(['rt-1']);
        expect(sessions()).toEqual(['s2', 's2']);
      });

      it('uses the rotated refresh token if the provider rejects the further request', async () => {
        second.behave(json({ error: 'invalid_grant' }, 400));
        await expect(a.take('box')).rejects.toMatchObject({ statusCode: 503 });
        const row = await a.row(id);
        expect(row).toMatchObject({ state: 'live', stage: undefined });
        expect(a.open(row)).toMatchObject({ refreshToken: 'rt-2' });
        expect(a.open(row)).not.toHaveProperty('answer');
        first.behave(json({ session: 's3' }));
        works();
        expect(await a.take('box', { person: true })).toBe('at-2');
        expect(refreshTokens()).toEqual(['rt-1', 'rt-2']);
        expect(sessions()).toEqual(['s2', 's3']);
        expect(a.open(await a.row(id)).refreshToken).toBe('rt-2');
      });

      it('still serves a token that is valid while the further request fails', async () => {
        await a.age(id, -1.5 * HOUR);
        second.behave(() => second.cut());
        await expect(
          a.take('box', { newerThan: 1, person: true }),
        ).rejects.toMatchObject({ statusCode: 503 });
        expect(await a.row(id)).toMatchObject({ stage: 'answered' });
        expect(await a.take('box')).toBe('at-1');
      });

      it('no longer serves a token that the API rejected', async () => {
        await a.age(id, -1.5 * HOUR);
        second.behave(() => second.cut());
        await expect(
          a.take('box', { rejectedToken: 'access-1', person: true }),
        ).rejects.toMatchObject({ statusCode: 503 });
        expect(a.open(await a.row(id)).accessToken).toBe('');
        await expect(a.take('box')).rejects.toMatchObject({ statusCode: 503 });
      });

      it('I8: is written again where the database lost it', async () => {
        const before = await a
          .knex('credentials')
          .where({ datasource_id: id })
          .first();
        second.behave(() => second.cut());
        await a.take('box').catch(() => undefined);
        await a.knex('credentials').where({ datasource_id: id }).update(before);
        a.memory.drop({ datasourceId: id });
        works();
        expect(await a.take('box', { person: true })).toBe('at-2');
        expect(refreshTokens()).toEqual(['rt-1']);
      });

      it('is due at once, and any process can finish it in a sweep', async () => {
        second.behave(() => second.cut());
        await a.take('box').catch(() => undefined);
        await a.age(id, HOUR);
        works();
        await b.sweeper.sweep();
        expect(b.open(await b.row(id))).toMatchObject({ accessToken: 'at-2' });
        expect(refreshTokens()).toEqual(['rt-1']);
      });
    });
  },
);
