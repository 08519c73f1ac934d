import { Knex } from 'knex';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { bareSettingsOf } from '../__testUtils__/settings';
import { databaseIds } from '../__testUtils__/databases';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';

jest.setTimeout(60_000);

describe.each(databaseIds())('CredentialMemory on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let id: string;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    id = await replica.save(provider.grant());
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('reads once for concurrent callers, and not again within a minute', async () => {
    const read = jest.spyOn(replica.credentials, 'read');
    await Promise.all(
      Array.from({ length: 50 }, () => replica.memory.get('crm')),
    );
    await replica.memory.get('crm');
    expect(read).toHaveBeenCalledTimes(1);
    const { now } = performance;
    const later = now.call(performance) + 60_001;
    jest.spyOn(performance, 'now').mockImplementation(() => later);
    expect(replica.memory.peek('crm')).toBeUndefined();
  });

  it("doesn't serve a read from before a change to callers after it", async () => {
    const { read } = replica.credentials;
    let answer = () => {};
    let reached = () => {};
    const isRead = new Promise<void>(resolve => {
      reached = resolve;
    });
    jest
      .spyOn(replica.credentials, 'read')
      .mockImplementationOnce(async (...args) => {
        const row = await read.apply(replica.credentials, args);
        await new Promise<void>(resolve => {
          answer = resolve;
          reached();
        });
        return row;
      });
    const early = replica.memory.get('crm');
    await isRead;
    await knex('credentials').update({ generation: 5 });
    replica.memory.drop({ datasourceId: id });
    const late = replica.memory.get('crm');
    answer();
    expect((await early).row?.generation).toBe(1);
    expect((await late).row?.generation).toBe(5);
    expect(replica.memory.peek('crm')?.row?.generation).toBe(5);
  });

  it("keeps a read of one person's credential although another person's changes meanwhile", async () => {
    const [jane, joe] = ['jane', 'joe'].map(
      name =>
        new CredentialKey({
          datasourceId: id,
          subject: `user:default/${name}`,
        }),
    );
    await replica.memory.get('crm');
    const reading = replica.memory.get('crm', jane.subject);
    await Promise.resolve();
    replica.memory.drop(joe);
    await reading;
    expect(replica.memory.peek('crm', jane.subject)).toBeDefined();
    replica.memory.drop(jane);
    expect(replica.memory.peek('crm', jane.subject)).toBeUndefined();
  });

  it('shares the settings of a datasource between all people', async () => {
    const shared = await replica.memory.get('crm');
    for (const name of ['jane', 'joe']) {
      const copy = await replica.memory.get('crm', `user:default/${name}`);
      expect(copy.datasource).toBe(shared.datasource);
    }
  });

  it("holds no refresh token or encrypted terms, and shares what people's copies have in common", async () => {
    const terms = {
      ...{ hosts: ['api.example'], scopes: ['read'], consumers: ['bench'] },
      ...{ routes: [], calls: 'digest' },
    };
    const people = ['jane', 'joe'].map(
      name =>
        new CredentialKey({
          datasourceId: id,
          subject: `user:default/${name}`,
        }),
    );
    for (const key of people) {
      await replica.obtain(key, bareSettingsOf(), provider.grant());
      const row = (await replica.credentials.read(key))!;
      await knex('credentials')
        .where({ subject: key.subject })
        .update({ sealed_terms: replica.tokens.sealTerms(terms, row) });
    }
    const [hers, his] = await Promise.all(
      people.map(({ subject }) => replica.memory.get('crm', subject)),
    );
    for (const { key, row, payload } of [hers, his]) {
      expect(replica.open(row!).refreshToken).toBeDefined();
      expect(payload).not.toHaveProperty('refreshToken');
      expect(row!.sealedTerms).toBeUndefined();
      expect(key).toBe(row!.key);
    }
    expect(hers.payload!.accessToken).not.toBe(his.payload!.accessToken);
    expect(hers.terms).toEqual(terms);
    expect(his.terms).toBe(hers.terms);
    expect(his.row!.apiOrigins).toBe(hers.row!.apiOrigins);
    expect(his.payload!.apiOrigins).toBe(hers.payload!.apiOrigins);
  });

  it.each([SERVICE, 'user:default/jane'])(
    'keeps a copy of %s that was read after a change, when the feed finds that change',
    async subject => {
      const key = new CredentialKey({ datasourceId: id, subject });
      await replica.obtain(key, bareSettingsOf(), provider.grant());
      const { row, datasource } = await replica.memory.get('crm', subject);
      const kept = () => replica.memory.peek('crm', subject) !== undefined;

      replica.memory.drop({ datasourceId: id, subject, at: row!.changedAt });
      expect(kept()).toBe(true);
      const { changedAt } = datasource.record;
      replica.memory.drop({ datasourceId: id, at: changedAt });
      expect(kept()).toBe(!key.isPersonal);
      await replica.memory.get('crm', subject);
      // Also one from before: after a failover, the row can be older than the copy.
      replica.memory.drop({
        datasourceId: id,
        subject,
        at: row!.changedAt - 1,
      });
      expect(kept()).toBe(false);
      await replica.memory.get('crm', subject);
      replica.memory.drop({ datasourceId: id, at: changedAt + 1 });
      expect(kept()).toBe(false);
      await replica.memory.get('crm', subject);
      replica.memory.drop({ datasourceId: id, subject });
      expect(kept()).toBe(false);
    },
  );

  it("drops people's copies with the datasource, and those of no other one", async () => {
    const jane = 'user:default/jane';
    await replica.memory.get('crm', jane);
    replica.memory.drop({ datasourceId: 'another' });
    expect(replica.memory.peek('crm', jane)).toBeDefined();
    replica.memory.drop({ datasourceId: id });
    await replica.memory.get('crm');
    expect(replica.memory.peek('crm', jane)).toBeUndefined();
  });

  it("serves a person's copy no longer than the settings in it", async () => {
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    await replica.memory.get('crm');
    now += 59_000;
    await replica.memory.get('crm', 'user:default/jane');
    expect(replica.memory.peek('crm', 'user:default/jane')).toBeDefined();
    now += 2_000;
    expect(replica.memory.peek('crm', 'user:default/jane')).toBeUndefined();
  });

  it('I3: reads again after all connections were cut', async () => {
    const read = jest.spyOn(replica.credentials, 'read');
    for (let cut = 0; cut < 3; cut += 1) {
      read.mockRejectedValueOnce(
        new Error('Connection terminated unexpectedly'),
      );
    }
    const copy = await replica.memory.get('crm');
    expect(copy.payload).toBeDefined();
  });

  it('asks callers to retry while the database is down, and quotes none of its errors', async () => {
    jest
      .spyOn(replica.credentials, 'read')
      .mockRejectedValue(new Error('password authentication failed'));
    const failure = await replica.memory.get('crm').catch(error => error);
    expect(failure).toMatchObject({
      code: 'datasource_unavailable',
      statusCode: 503,
    });
    expect(JSON.stringify([failure, failure.message])).not.toMatch(/password/);
  });

  it('reports at once that there is no such datasource', async () => {
    const find = jest.spyOn(replica.datasourceStore, 'findByName');
    await expect(replica.memory.get('nobody')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(find).toHaveBeenCalledTimes(1);
  });

  it("has no token if it can't be decrypted, and lets the broker report that", async () => {
    await knex('credentials').update({ sealed: 'v1.k9.AAAA' });
    const copy = await replica.memory.get('crm');
    expect(copy.payload).toBeUndefined();
    await expect(replica.takeFrom(copy)).rejects.toMatchObject({
      code: 'datasource_unavailable',
      message: expect.stringContaining("Encryption key 'k9' is missing"),
    });
  });
});
