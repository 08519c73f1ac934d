import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { failure, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';

jest.setTimeout(60_000);

const HOUR = 3_600_000;

describe.each(databaseIds())('RefreshSweeper on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
  });

  async function due(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const name = `api-${index}`;
      ids.push(await replica.save(provider.grant(), { name }));
    }
    await Promise.all(ids.map(id => replica.age(id, HOUR)));
    return ids;
  }

  const generations = async () =>
    (await knex('credentials').select('generation')).map(row =>
      Number(row.generation),
    );

  it('moment 10: refreshes a hundred due rows at a slow provider, eight at once, each leased when its call starts', async () => {
    await due(100);
    const leases: number[] = [];
    provider.script.push(
      ...Array.from({ length: 100 }, () => async (grant: () => any) => {
        const [{ leased }] = await knex('credentials')
          .whereNotNull('lease_until')
          .count({ leased: '*' });
        leases.push(Number(leased));
        await sleep(20);
        return grant();
      }),
    );
    await replica.sweeper.sweep();
    expect(await generations()).toEqual(Array.from({ length: 100 }, () => 2));
    expect(provider.calls).toHaveLength(100);
    expect(new Set(provider.presented).size).toBe(100);
    expect(provider.busiest).toBeLessThanOrEqual(8);
    expect(provider.busiest).toBeGreaterThan(1);
    expect(Math.max(...leases)).toBeLessThanOrEqual(8);
  });

  it('moment 11: a call that never ends blocks only its own slot', async () => {
    await due(20);
    let end = () => {};
    provider.script.push(async grant => {
      await new Promise<void>(resolve => {
        end = resolve;
      });
      return grant();
    });
    let swept = false;
    const sweep = replica.sweeper.sweep().then(() => {
      swept = true;
    });
    const renewed = async () =>
      (await generations()).filter(generation => generation === 2).length;
    while ((await renewed()) < 19) await sleep(20);
    expect(swept).toBe(false);
    end();
    await sweep;
    expect(await renewed()).toBe(20);
  });

  it("tries a credential that can't be refreshed once per round, and ends", async () => {
    await due(5);
    await knex('credentials').update({ binding: 'another' });
    const read = jest.spyOn(replica.broker, 'renewIfDue');
    await replica.sweeper.sweep();
    expect(read).toHaveBeenCalledTimes(5);
    expect(provider.calls).toHaveLength(0);
  });

  it('refreshes only what is due, and retries failures only when their time has come', async () => {
    const [first] = await due(3);
    await replica.age(first, -2 * HOUR);
    provider.script.push(() => {
      throw failure('answered', 'server');
    });
    await replica.sweeper.sweep();
    await replica.sweeper.sweep();
    expect(provider.calls).toHaveLength(2);
    expect((await generations()).sort()).toEqual([1, 1, 2]);
  });

  it('stops when the signal aborts', async () => {
    await due(30);
    const stop = new AbortController();
    provider.script.push(grant => {
      stop.abort();
      return grant();
    });
    await replica.sweeper.sweep(stop.signal);
    expect(provider.calls.length).toBeLessThanOrEqual(8);
  });

  it('skips credentials that other replicas are refreshing', async () => {
    const other = new TestReplica({ knex, client: provider.client });
    await due(10);
    await Promise.all([replica.sweeper.sweep(), other.sweeper.sweep()]);
    expect(provider.calls).toHaveLength(10);
    expect(provider.reuses).toBe(0);
  });
});
