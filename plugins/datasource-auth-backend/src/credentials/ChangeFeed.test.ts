import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { polled } from '../__testUtils__/polled';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { isPostgres } from '../database/database';
import { ChangeFeed } from './ChangeFeed';
import { CredentialKey, SERVICE } from '../database/CredentialKey';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const POLL = 20;

describe.each(databaseIds())('ChangeFeed on %s', databaseId => {
  let knex: Knex;
  let feed: ChangeFeed;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let id: string;
  const told = jest.fn();

  beforeEach(async () => {
    told.mockReset();
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    id = await replica.save(provider.grant());
    await startFeed({ pollEvery: POLL });
  });
  afterEach(() => feed.stop());

  async function startFeed(options: { pollEvery: number }) {
    await feed?.stop();
    const logger = mockServices.logger.mock();
    feed = new ChangeFeed({ knex, logger, ...options });
    await feed.start();
    feed.subscribe(told);
  }

  async function listening(): Promise<number[]> {
    const { rows }: { rows: Array<{ pid: number }> } = await knex.raw(
      // Until the statement has ended, it hears nothing.
      `select pid from pg_stat_activity
        where datname = current_database() and query like 'listen %' and state = 'idle'`,
    );
    return rows.map(row => row.pid);
  }

  async function untilListening(count: number) {
    while ((await listening()).length !== count) await sleep(10);
  }

  /** Ends the listening connection, as a network does that drops it, and returns which one it was. */
  async function cutListener(): Promise<number> {
    await untilListening(1);
    const [pid] = await listening();
    await knex.raw('select pg_terminate_backend(?)', [pid]);
    return pid;
  }

  const toldOf = (datasourceId: string) =>
    told.mock.calls.filter(([each]) => each.datasourceId === datasourceId)
      .length;

  it('moment 12: finds a change at its next poll when the notification is lost', async () => {
    if (isPostgres(knex)) await cutListener();
    await polled(knex);
    told.mockReset();
    await replica.age(id, HOUR);
    while (!toldOf(id)) await sleep(20);
    expect(toldOf(id)).toBe(1);
  });

  it('reports a change once, and a deleted datasource too', async () => {
    await polled(knex);
    told.mockReset();
    await replica.age(id, HOUR);
    await polled(knex, 5);
    expect(toldOf(id)).toBe(1);
    await knex('activity').insert({
      ...{ id, datasource_id: id, at: (await replica.row(id)).readAt },
      ...{ kind: 'deleted', details: '{}' },
    });
    await replica.datasourceStore.delete(id);
    await polled(knex, 5);
    const changes = told.mock.calls.map(([change]) => change);
    // Its credential is gone too.
    expect(changes.filter(change => change.datasourceId === id)).toEqual([
      { datasourceId: id, subject: SERVICE, at: expect.any(Number) },
      { datasourceId: id, subject: undefined, at: expect.any(Number) },
      { datasourceId: id, subject: SERVICE },
    ]);
  });

  it('I8: reports a row that went back to an older state', async () => {
    await knex('credentials').update({ changed_at: 1 });
    await knex('datasources').update({ changed_at: 1 });
    await polled(knex);
    const before = await knex('credentials').first();
    await replica.age(id, HOUR);
    await polled(knex);
    told.mockReset();
    await knex('credentials').update(before);
    await polled(knex, 5);
    expect(toldOf(id)).toBe(1);
  });

  it("moment 12: a caller that waits for a lease doesn't need a notification", async () => {
    const other = new TestReplica({ knex, client: provider.client });
    await replica.age(id, HOUR);
    const stop = other.stopAt('send');
    const first = other.take('crm');
    await stop.arrived;
    const second = replica.take('crm');
    jest.spyOn(other.feed, 'announce').mockResolvedValue(undefined);
    stop.go();
    await first;
    expect(await second).toBe(provider.latest);
  });

  it('wakes waiting callers at once, and stops waiting after a timeout', async () => {
    const watch = feed.watch(CredentialKey.service(id));
    const woken = watch.change(HOUR);
    await feed.announce({ datasourceId: id });
    await expect(woken).resolves.toBeUndefined();
    await expect(watch.change(50)).resolves.toBeUndefined();
    watch.end();
  });

  it('misses no change between two waits, and hears none after the end', async () => {
    const watch = feed.watch(CredentialKey.service(id));
    feed.tell({ datasourceId: id });
    await watch.change(HOUR);
    watch.end();
    feed.tell({ datasourceId: id });
    const later = performance.now();
    await watch.change(200);
    expect(performance.now() - later).toBeGreaterThan(150);
  });

  // SQLite has one process, and no one to notify.
  if (databaseId !== 'SQLITE_3') {
    describe('by notifications alone', () => {
      beforeEach(() => startFeed({ pollEvery: HOUR }));

      it('is notified by another replica', async () => {
        const other = new TestReplica({ knex, client: provider.client });
        await other.feed.start();
        await untilListening(2);
        for (let count = 0; count < 3; count += 1) {
          told.mockReset();
          await other.feed.announce({ datasourceId: id });
          while (!toldOf(id)) await sleep(5);
          expect(toldOf(id)).toBe(1);
        }
        await other.feed.stop();
      });

      it('is notified of a token by the statement that stores it', async () => {
        const other = new TestReplica({ knex, client: provider.client });
        await replica.age(id, HOUR);
        jest.spyOn(other.feed, 'announce').mockResolvedValue(undefined);
        await untilListening(1);
        told.mockReset();
        await other.take('crm');
        while (!toldOf(id)) await sleep(5);
        expect(toldOf(id)).toBe(1);
      });

      it('lets a replica wait without queries for another one that refreshes, and take the token once it is stored', async () => {
        const other = new TestReplica({
          ...{ knex, client: provider.client, pollEvery: HOUR },
        });
        const { watch } = other.feed;
        // Only a notification ends its waiting.
        jest.spyOn(other.feed, 'watch').mockImplementation(key => {
          const watched = watch.call(other.feed, key);
          return { ...watched, change: () => watched.change(HOUR) };
        });
        await other.feed.start();
        await untilListening(2);
        await replica.age(id, HOUR);
        const stop = replica.stopAt('response');
        const first = replica.take('crm');
        await stop.arrived;
        const take = jest.spyOn(other.credentials.leases, 'take');
        const read = jest.spyOn(other.credentials, 'read');
        const second = other.take('crm');
        while (take.mock.results.length === 0) await sleep(5);
        await take.mock.results[0].value;
        read.mockClear();
        await sleep(500);
        expect(read).not.toHaveBeenCalled();
        stop.go();
        expect(await second).toBe(await first);
        await other.feed.stop();
      });

      it('closes its connection before stop resolves, even while it connects', async () => {
        const opened = jest.spyOn(knex.client, 'acquireRawConnection');
        const closed = jest.spyOn(knex.client, 'destroyRawConnection');
        const logger = mockServices.logger.mock();
        const early = new ChangeFeed({ knex, logger, pollEvery: HOUR });
        await early.start();
        await early.stop();
        expect(opened).toHaveBeenCalledTimes(1);
        // The pool closes connections of its own that it no longer needs.
        expect(closed.mock.calls.map(([each]) => each)).toContain(
          await opened.mock.results[0].value,
        );
      });

      it('takes a notification that names no subject for a change of the whole datasource', async () => {
        await untilListening(1);
        told.mockReset();
        for (const subject of ['jane', 'group:default/team', 'user:x y']) {
          await knex.raw('select pg_notify(?, ?)', [
            'datasource_auth_public',
            `${id} ${subject}`,
          ]);
        }
        while (toldOf(id) < 3) await sleep(5);
        for (const [change] of told.mock.calls) {
          expect(change).toEqual({ datasourceId: id });
        }
      });

      it('moment 12: listens again after its connection was cut', async () => {
        const cut = await cutListener();
        while ((await listening()).every(pid => pid === cut)) await sleep(10);
        told.mockReset();
        await knex.raw('select pg_notify(?, ?)', [
          'datasource_auth_public',
          id,
        ]);
        while (!toldOf(id)) await sleep(5);
        expect(toldOf(id)).toBeGreaterThan(0);
      });
    });
  }
});
