import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { CredentialStore } from '../credentials/CredentialStore';
import { readDatabaseClock } from '../database/database';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { UsageRecorder } from './UsageRecorder';
import { CredentialKey } from '../database/CredentialKey';

jest.setTimeout(60_000);

const HOUR = 60 * 60_000;
const ONCE = { rejected: false };
const REJECTED = { rejected: true };

describe.each(databaseIds())('UsageRecorder on %s', databaseId => {
  let knex: Knex;
  let credentials: CredentialStore;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let id: string;
  let service: CredentialKey;

  beforeEach(async () => {
    // Calls are counted by the hour, and a test stays within one.
    jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    knex = await migratedDatabase(databaseId);
    credentials = new CredentialStore({ knex });
    logger = mockServices.logger.mock();
    id = randomUUID();
    service = CredentialKey.service(id);
    await new DatasourceStore({ knex }).insert({
      id,
      name: 'crm',
      source: 'database',
      ...contentOf(bareSettingsOf()),
    });
    await credentials.insertEmpty(service, {
      ...{ credentialId: randomUUID(), binding: 'b1', requested: 'r1' },
    });
  });

  afterEach(() => jest.restoreAllMocks());

  const recorder = () => new UsageRecorder({ knex, credentials, logger });

  it('X0.2 counts hand-outs, rejections and refusals per plugin and hour', async () => {
    const usage = recorder();
    usage.handOut(service, 'catalog', ONCE);
    usage.handOut(service, 'catalog', REJECTED);
    usage.handOut(service, 'search', ONCE);
    usage.refuse(id, 'scaffolder');
    await usage.flush();
    const lines = await usage.list(id);
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    expect(lines).toHaveLength(3);
    expect(lines).toEqual(
      expect.arrayContaining([
        { plugin: 'catalog', hour, handOuts: 2, rejections: 1, refusals: 0 },
        { plugin: 'search', hour, handOuts: 1, rejections: 0, refusals: 0 },
        { plugin: 'scaffolder', hour, handOuts: 0, rejections: 0, refusals: 1 },
      ]),
    );
    expect(await usage.hours(id, hour)).toEqual([
      { hour, handOuts: 3, rejections: 1, refusals: 1 },
    ]);
    expect(await usage.hours(id, hour + 1)).toEqual([]);
  });

  it('writes nothing until told to, and then one row for many calls', async () => {
    const usage = recorder();
    for (let call = 0; call < 1_000; call++)
      usage.handOut(service, 'catalog', ONCE);
    expect(await knex('usage').select()).toEqual([]);
    await usage.flush();
    expect(await knex('usage').select()).toHaveLength(1);
    expect((await usage.list(id))[0].handOuts).toBe(1_000);
  });

  describe('when a plugin was first seen', () => {
    const at = (time: number) => jest.spyOn(Date, 'now').mockReturnValue(time);
    const BEGINNING = 1_000 * HOUR + 7;

    it('is exact, and the time of a call rather than of a write', async () => {
      const usage = recorder();
      at(BEGINNING);
      usage.handOut(service, 'catalog', ONCE);
      at(BEGINNING + 2 * HOUR);
      usage.handOut(service, 'catalog', ONCE);
      usage.refuse(id, 'search');
      await usage.flush();
      usage.handOut(service, 'catalog', ONCE);
      await usage.flush();
      expect(await usage.firstSeen(id)).toEqual(
        new Map([
          ['catalog', BEGINNING],
          ['search', BEGINNING + 2 * HOUR],
        ]),
      );
      expect(await usage.firstSeen(randomUUID())).toEqual(new Map());
    });

    it('is the earliest time of all replicas, whichever writes first', async () => {
      const [early, late] = [recorder(), recorder()];
      at(BEGINNING);
      early.handOut(service, 'catalog', ONCE);
      at(BEGINNING + 1);
      late.handOut(service, 'catalog', ONCE);
      await late.flush();
      await early.flush();
      expect([...(await late.firstSeen(id)).values()]).toEqual([BEGINNING]);
    });

    it('outlives the usage, but not the datasource', async () => {
      const usage = recorder();
      at(BEGINNING);
      usage.handOut(service, 'catalog', ONCE);
      await usage.flush();
      expect(await usage.removeOlderThan(HOUR)).toBe(1);
      expect((await usage.firstSeen(id)).size).toBe(1);
      await new DatasourceStore({ knex }).delete(id, knex);
      await usage.removeOlderThan(HOUR);
      expect((await usage.firstSeen(id)).size).toBe(0);
    });

    it('survives a failed write', async () => {
      const usage = recorder();
      at(BEGINNING);
      usage.handOut(service, 'catalog', ONCE);
      await knex.schema.renameTable('usage', 'gone');
      await usage.flush();
      await knex.schema.renameTable('gone', 'usage');
      at(BEGINNING + 5);
      usage.handOut(service, 'catalog', ONCE);
      await usage.flush();
      expect([...(await usage.firstSeen(id)).values()]).toEqual([BEGINNING]);
    });
  });

  it('adds up over flushes and replicas', async () => {
    const [first, second] = [recorder(), recorder()];
    first.handOut(service, 'catalog', ONCE);
    second.handOut(service, 'catalog', ONCE);
    await first.flush();
    await second.flush();
    first.handOut(service, 'catalog', ONCE);
    await first.flush();
    await first.flush();
    expect((await first.list(id))[0].handOuts).toBe(3);
  });

  it('S0.27 records when a token was last handed out, but not when it was refused', async () => {
    const usage = recorder();
    usage.refuse(id, 'scaffolder');
    await usage.flush();
    expect((await credentials.read(service))!.lastUsedAt).toBeUndefined();
    usage.handOut(service, 'catalog', ONCE);
    await usage.flush();
    const { lastUsedAt, readAt } = (await credentials.read(service))!;
    expect(readAt - lastUsedAt!).toBeLessThan(60_000);
  });

  it('threats 37: records it only for the credential that was handed out', async () => {
    const jane = new CredentialKey({
      ...{ datasourceId: id, subject: 'user:default/jane' },
    });
    await credentials.insertEmpty(jane, {
      ...{ credentialId: randomUUID(), binding: 'b1', requested: 'r1' },
    });
    const usage = recorder();
    usage.handOut(jane, 'catalog', ONCE);
    await usage.flush();
    const lastUse = async (key: CredentialKey) =>
      (await credentials.read(key))!.lastUsedAt;
    expect(await lastUse(jane)).toBeDefined();
    expect(await lastUse(service)).toBeUndefined();
  });

  it('threats 15: belongs to the id, and outlives its datasource', async () => {
    const usage = recorder();
    usage.handOut(service, 'catalog', ONCE);
    await new DatasourceStore({ knex }).delete(id);
    await usage.flush();
    expect(await usage.list(id)).toHaveLength(1);
    expect(await usage.list(randomUUID())).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  describe("when it can't write", () => {
    it('loses no count, and counts none twice, if the rows fail', async () => {
      const usage = recorder();
      usage.handOut(service, 'catalog', ONCE);
      await knex.schema.renameTable('usage', 'away');
      const failing = usage.flush();
      // Handed out during the write.
      usage.handOut(service, 'catalog', REJECTED);
      usage.refuse(id, 'catalog');
      await failing;
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('They stay in memory'),
      );
      await knex.schema.renameTable('away', 'usage');
      await usage.flush();
      expect(await usage.list(id)).toEqual([
        expect.objectContaining({ handOuts: 2, rejections: 1, refusals: 1 }),
      ]);
    });

    it('loses no count, and counts none twice, if the credential fails', async () => {
      const usage = recorder();
      usage.handOut(service, 'catalog', ONCE);
      jest
        .spyOn(credentials, 'markUsed')
        .mockRejectedValueOnce(new Error('connection lost'));
      await usage.flush();
      await usage.flush();
      await usage.flush();
      expect((await usage.list(id))[0].handOuts).toBe(1);
      expect((await credentials.read(service))!.lastUsedAt).toBeDefined();
    });
  });

  it('lists the newest hours first, and keeps them for the configured time', async () => {
    const now = await readDatabaseClock(knex);
    const hours = [1, 2, 3, 50].map(ago => now - ago * HOUR);
    await knex('usage').insert(
      hours.map(hour => ({
        datasource_id: id,
        plugin: 'catalog',
        hour,
        hand_outs: 1,
        rejections: 0,
        refusals: 0,
      })),
    );
    const usage = recorder();
    expect((await usage.list(id, 2)).map(({ hour }) => hour)).toEqual(
      hours.slice(0, 2),
    );
    expect(await usage.removeOlderThan(48 * HOUR)).toBe(1);
    expect((await usage.list(id)).map(({ hour }) => hour)).toEqual(
      hours.slice(0, 3),
    );
  });
});
