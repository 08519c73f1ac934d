import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { readDatabaseClock } from '../database/database';
import { ActivityStore } from './ActivityStore';

jest.setTimeout(60_000);

const DAY = 24 * 60 * 60_000;

describe.each(databaseIds())('ActivityStore on %s', databaseId => {
  let knex: Knex;
  let store: ActivityStore;
  let id: string;

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
    store = new ActivityStore({ knex });
  });
  beforeEach(async () => {
    await knex('activity').delete();
    id = randomUUID();
  });

  /** An entry at a chosen time. */
  const at = (moment: number, datasourceId = id) =>
    knex('activity').insert({
      id: randomUUID(),
      datasource_id: datasourceId,
      at: moment,
      kind: 'tested',
      details: '{}',
    });

  it("returns what was recorded, with the database's time", async () => {
    const before = await readDatabaseClock(knex);
    await store.record(id, {
      kind: 'authorized',
      actor: 'user:default/jane',
      details: { scope: 'read', account: null },
    });
    const [entry] = await store.list(id, { limit: 10 });
    expect(entry).toEqual({
      id: expect.any(String),
      at: expect.any(Number),
      kind: 'authorized',
      actor: 'user:default/jane',
      details: { scope: 'read', account: null },
    });
    expect(entry.at).toBeGreaterThanOrEqual(before);
    await store.record(id, { kind: 'refreshed' });
    expect(await store.list(id, { limit: 10 })).toContainEqual(
      expect.objectContaining({
        kind: 'refreshed',
        actor: undefined,
        details: {},
      }),
    );
  });

  it('keeps the order of events within a millisecond', async () => {
    const kinds = [
      'created',
      'authorized',
      'status_changed',
      'tested',
    ] as const;
    await knex.transaction(async trx => {
      for (const kind of kinds) await store.record(id, { kind }, trx);
    });
    const entries = await store.list(id, { limit: 10 });
    expect(entries.map(({ kind }) => kind)).toEqual([...kinds].reverse());
    expect(new Set(entries.map(({ at: moment }) => moment)).size).toBe(4);
    expect(entries[0].at).toBeLessThanOrEqual(
      (await readDatabaseClock(knex)) + kinds.length,
    );
  });

  it('follows a clock that was set back', async () => {
    const now = await readDatabaseClock(knex);
    await at(now + DAY);
    await store.record(id, { kind: 'tested' });
    const [, entry] = await store.list(id, { limit: 10 });
    expect(entry.at - now).toBeLessThan(DAY / 2);
  });

  it('threats 15: belongs to the id, and shows nothing of another one', async () => {
    await store.record(id, { kind: 'created' });
    expect(await store.list(randomUUID(), { limit: 10 })).toEqual([]);
  });

  it('is sorted newest first, in pages', async () => {
    for (const moment of [3_000, 1_000, 2_000, 5_000, 4_000]) await at(moment);
    const first = await store.list(id, { limit: 2 });
    expect(first.map(entry => entry.at)).toEqual([5_000, 4_000]);
    const second = await store.list(id, { limit: 2, before: 4_000 });
    expect(second.map(entry => entry.at)).toEqual([3_000, 2_000]);
    const third = await store.list(id, { limit: 2, before: 2_000 });
    expect(third.map(entry => entry.at)).toEqual([1_000]);
    expect(await store.list(id, { limit: 2, before: 1_000 })).toEqual([]);
  });

  it('loses nothing between pages if several events have the same time', async () => {
    for (const moment of [1_000, 2_000, 2_000, 2_000, 2_000, 3_000])
      await at(moment);
    await at(2_000, randomUUID());
    const seen: string[] = [];
    let before: number | undefined;
    for (let round = 0; round < 6; round++) {
      const page = await store.list(id, { limit: 2, before });
      seen.push(...page.map(entry => entry.id));
      if (page.length < 2) break;
      before = page.at(-1)!.at;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('can be filtered by kinds and by an actor, page by page', async () => {
    const actor = 'user:default/jane';
    await store.record(id, { kind: 'tested', actor });
    await store.record(id, { kind: 'refreshed' });
    await store.record(id, { kind: 'updated', actor });
    await store.record(id, { kind: 'tested', actor: 'user:default/bob' });
    const kindsOf = async (filter: { kinds?: string[]; actor?: string }) =>
      (await store.list(id, { limit: 1, ...filter })).map(entry => entry.kind);
    expect(
      (await store.list(id, { limit: 10, kinds: ['tested'] })).map(
        entry => entry.actor,
      ),
    ).toEqual(expect.arrayContaining([actor, 'user:default/bob']));
    expect(await kindsOf({ kinds: ['refreshed'] })).toContain('refreshed');
    expect(await store.list(id, { limit: 10, actor })).toHaveLength(2);
    expect(
      await store.list(id, { limit: 10, actor, kinds: ['refreshed'] }),
    ).toEqual([]);
  });

  it('is rolled back with its transaction', async () => {
    await expect(
      knex.transaction(async trx => {
        await store.record(id, { kind: 'updated' }, trx);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await store.list(id, { limit: 10 })).toEqual([]);
  });

  it('is kept for the configured time', async () => {
    const now = await readDatabaseClock(knex);
    await at(now - 91 * DAY);
    await at(now - 89 * DAY);
    expect(await store.removeOlderThan(90 * DAY)).toBe(1);
    expect((await store.list(id, { limit: 10 })).map(e => e.at)).toEqual([
      now - 89 * DAY,
    ]);
  });
});
