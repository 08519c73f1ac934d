import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { polled } from '../__testUtils__/polled';
import { failure, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { bareSettingsOf } from '../__testUtils__/settings';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { datasourcePlace } from '../datasources/Datasources';
import { serializeSecrets } from '../settings/secrets';
import { IssuedTokens } from '../oauth/ProviderClient';
import { Reseal } from './Reseal';
import { CredentialKey } from '../database/CredentialKey';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const MINUTE = 60_000;

/*
 * One process, a real database, and a provider that rotates and detects reuse. Tests of two replicas give each a
 * broker, a memory and a feed. In `faults/`, real processes are killed and paused.
 */
describe.each(databaseIds())('TokenBroker on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let a: TestReplica;
  let b: TestReplica;
  let id: string;

  const replica = (
    more: Partial<ConstructorParameters<typeof TestReplica>[0]> = {},
  ) => new TestReplica({ knex, client: provider.client, ...more });

  beforeEach(async () => {
    ({ knex, provider, replica: a } = await setUpReplica(databaseId));
    b = replica();
    id = await a.save(provider.grant());
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Expires the credential's token, so that it needs a refresh. */
  const expire = () => a.age(id, HOUR);
  /** The state of the database after a failover to a standby that missed the last commit. */
  const snapshot = () => knex('credentials').where({ datasource_id: id });
  const goBack = async (rows: any[]) => {
    await knex('credentials').where({ datasource_id: id }).update(rows[0]);
  };

  it('I1: commits that a token will be sent before sending it', async () => {
    await expire();
    const stop = a.stopAt('send');
    const taken = a.take('crm');
    await stop.arrived;
    expect(provider.calls).toHaveLength(0);
    const row = await b.row(id);
    expect(row).toMatchObject({ presentedGeneration: 1, generation: 1 });
    expect(row.presentedAt).toBeLessThanOrEqual(row.readAt);
    expect(row.leaseUntil).toBeGreaterThan(row.readAt + 50_000);
    stop.go();
    expect(await taken).toBe(provider.latest);
  });

  it("I1: sends nothing while the database can't store the intent", async () => {
    await expire();
    const take = jest
      .spyOn(a.credentials.leases, 'take')
      .mockRejectedValue(new Error('connection terminated'));
    await expect(a.take('crm')).rejects.toMatchObject({
      code: 'datasource_unavailable',
      message: expect.not.stringContaining('terminated'),
    });
    expect(provider.calls).toHaveLength(0);
    take.mockRestore();
    expect(await a.take('crm')).toBe(provider.latest);
  });

  it('I1: recognizes its own intent when the confirmation was lost', async () => {
    await expire();
    const { take } = a.credentials.leases;
    jest
      .spyOn(a.credentials.leases, 'take')
      .mockImplementationOnce(async (...args) => {
        await take.apply(a.credentials.leases, args);
        throw new Error('connection terminated');
      });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    expect(await a.take('crm')).toBe(provider.latest);
    expect(provider.calls).toHaveLength(1);
  });

  it('I2: lets one of several replicas send a token, and the others use its result', async () => {
    await expire();
    const stop = a.stopAt('send');
    const first = a.take('crm');
    await stop.arrived;
    const others = [b, b, a].map(each => each.take('crm'));
    await sleep(300);
    expect(provider.calls).toHaveLength(0);
    stop.go();
    const tokens = await Promise.all([first, ...others]);
    expect(new Set(tokens)).toEqual(new Set([provider.latest]));
    expect(provider).toMatchObject({ rotations: 1, reuses: 0 });
    expect(provider.calls).toHaveLength(1);
  });

  it('decrypts a refreshed token once for all callers that waited for it', async () => {
    await expire();
    const opened = jest.spyOn(a.tokens, 'openRow');
    const alone = await a.take('crm');
    const decryptions = opened.mock.calls.length;
    expect(alone).toBe(provider.latest);
    await expire();
    opened.mockClear();
    await Promise.all(Array.from({ length: 20 }, () => a.take('crm')));
    expect(opened).toHaveBeenCalledTimes(decryptions);
  });

  it('lets hundreds of callers wait together, without a deadline for each', async () => {
    await expire();
    const copy = await a.memory.get('crm');
    const timer = jest.spyOn(globalThis, 'setTimeout');
    const tokens = await Promise.all(
      Array.from({ length: 300 }, () => a.takeFrom(copy)),
    );
    expect(new Set(tokens)).toEqual(new Set([provider.latest]));
    const deadlines = timer.mock.calls.filter(([, after]) => after === 30_000);
    // PostgreSQL's pool sets a few as long.
    expect(deadlines.length).toBeLessThan(30);
  });

  it('reads once for all callers whose refresh failed', async () => {
    await expire();
    const copy = await a.memory.get('crm');
    provider.script.push(() => {
      throw failure('answered', 'server_error');
    });
    const read = jest.spyOn(a.credentials, 'read');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, () => a.takeFrom(copy)),
    );
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(
      new Set(['rejected']),
    );
    expect(read.mock.calls.length).toBeLessThan(10);
  });

  it('I3: hands out nothing before it is stored', async () => {
    await expire();
    const stop = a.stopAt('commit');
    let handedOut = false;
    const taken = a.take('crm').finally(() => {
      handedOut = true;
    });
    await stop.arrived;
    await sleep(100);
    expect(provider.rotations).toBe(1);
    expect(handedOut).toBe(false);
    expect((await b.row(id)).generation).toBe(1);
    stop.go();
    const token = await taken;
    const row = await b.row(id);
    expect(row).toMatchObject({ generation: 2, attempts: 0 });
    expect(row.leaseUntil ?? row.presentedGeneration).toBeUndefined();
    expect(b.open(row)).toMatchObject({
      accessToken: token,
      refreshToken: 'refresh-2',
    });
  });

  it('I3: keeps writing while the database is down, and hands out once it is back', async () => {
    await expire();
    const store = jest
      .spyOn(a.credentials, 'storeTokens')
      .mockRejectedValue(new Error('the database is starting up'));
    const taken = a.take('crm');
    await untilCalls(store, 3);
    store.mockRestore();
    expect(await taken).toBe(provider.latest);
    expect(provider.calls).toHaveLength(1);
    expect((await b.row(id)).generation).toBe(2);
  });

  it('I4, moment 1: stores the response of a process that lost its lease meanwhile', async () => {
    await expire();
    const stop = a.stopAt('response');
    const late = a.take('crm');
    await stop.arrived;
    await a.endLease(id);
    // The next process gets the lease, but no response: the provider keeps it waiting.
    provider.script.push(async () => {
      await sleep(200);
      throw failure('silent', 'timeout');
    });
    const second = b.take('crm').catch(error => error);
    await untilCalls(provider.calls, 2);
    stop.go();
    expect(await late).toBe(provider.latest);
    await second;
    const row = await a.row(id);
    expect(row).toMatchObject({ generation: 2, state: 'live' });
    expect(a.open(row).accessToken).toBe(provider.latest);
    expect(await b.take('crm')).toBe(provider.latest);
  });

  it('I4: stores a response that arrives after another process was refused', async () => {
    await expire();
    const stop = a.stopAt('commit');
    const late = a.take('crm');
    await stop.arrived;
    await a.endLease(id);
    await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 409 });
    expect((await a.row(id)).state).toBe('refused');
    stop.go();
    await late;
    expect(await a.row(id)).toMatchObject({ state: 'live', generation: 2 });
  });

  describe('I5: a response is stored only in its own grant', () => {
    /** Holds a refresh before its commit while the row is changed. */
    async function meanwhile(change: () => Promise<unknown>) {
      await expire();
      const stop = a.stopAt('commit');
      const taken = a.take('crm').catch(error => error);
      await stop.arrived;
      await change();
      const before = await b.credentials.read(CredentialKey.service(id));
      stop.go();
      return { outcome: await taken, before };
    }

    it('moment 16: not after it was cleared', async () => {
      const { outcome, before } = await meanwhile(async () =>
        b.credentials.clear(
          CredentialKey.service(id),
          {
            credentialId: '11111111-1111-4111-8111-111111111111',
            binding: (await b.row(id)).binding,
            reason: 'cleared',
          },
          knex,
        ),
      );
      expect(outcome).toMatchObject({ code: 'datasource_not_authorized' });
      expect(await a.row(id)).toMatchObject({
        ...{ state: 'cleared', generation: 0 },
        ...{ sealed: undefined, sealedSpare: undefined },
      });
      expect(before?.sealed).toBeUndefined();
    });

    it('not after it was replaced: the caller gets the new one', async () => {
      const { outcome, before } = await meanwhile(() =>
        b.obtain(CredentialKey.service(id), bareSettingsOf(), provider.grant()),
      );
      expect(outcome).toBe(provider.latest);
      expect(await a.row(id)).toMatchObject({
        ...{ sealed: before!.sealed, generation: 1, sealedSpare: undefined },
      });
    });

    it('moment 21: not after the datasource was deleted and another one of the same name was created', async () => {
      const { outcome } = await meanwhile(async () => {
        await b.datasourceStore.delete(id);
        await b.save(provider.grant());
      });
      expect(outcome).toMatchObject({ code: 'datasource_not_authorized' });
      expect(
        await a.credentials.read(CredentialKey.service(id)),
      ).toBeUndefined();
      expect(await b.take('crm')).toBe(provider.latest);
      expect(await knex('credentials')).toHaveLength(1);
    });
  });

  it('I6: ends a credential when its latest refresh token is rejected, and keeps it encrypted', async () => {
    await expire();
    provider.script.push(() => {
      throw failure('refused', 'invalid_grant');
    });
    await expect(a.take('crm')).rejects.toMatchObject({
      code: 'datasource_not_authorized',
      message: expect.stringContaining('invalid_grant'),
    });
    const row = await a.row(id);
    expect(row).toMatchObject({ state: 'refused', reason: 'invalid_grant' });
    expect(a.open(row).refreshToken).toBe('refresh-1');
    await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 409 });
    expect(provider.calls).toHaveLength(1);
  });

  it("I6: isn't ended by the rejection of a token that was replaced meanwhile", async () => {
    await expire();
    const row = await b.row(id);
    const sealed = b.tokens.seal(
      { ...b.open(row), refreshToken: 'refresh-8' },
      { ...row, column: 'sealed' },
    );
    provider.script.push(async () => {
      await goBack([{ generation: 7, sealed }]);
      throw failure('refused', 'invalid_grant');
    });
    provider.script.push(() => provider.grant());
    expect(await a.take('crm')).toBe(provider.latest);
    expect(provider.presented).toEqual(['refresh-1', 'refresh-8']);
    expect(await a.row(id)).toMatchObject({ state: 'live', generation: 8 });
  });

  it('I6, moment 8: tries the spare before it ends a credential', async () => {
    const row = await a.row(id);
    await storeSpare(provider.grant());
    await expire();
    provider.script.push(() => {
      throw failure('refused', 'invalid_grant');
    });
    expect(await a.take('crm')).toBe(provider.latest);
    expect(provider.presented).toEqual(['refresh-1', 'refresh-2']);
    const renewed = await a.row(id);
    expect(renewed).toMatchObject({ state: 'live', generation: 3 });
    expect(renewed.credentialId).toBe(row.credentialId);
    expect(renewed.sealedSpare).toBeUndefined();
  });

  it('I6, moment 8: uses a spare that is stored between the rejection and its record, or after it', async () => {
    await expire();
    provider.script.push(() => {
      throw failure('refused', 'invalid_grant');
    });
    const { refuse } = a.credentials;
    jest
      .spyOn(a.credentials, 'refuse')
      .mockImplementationOnce(async (...args) => {
        await storeSpare(provider.grant());
        return refuse.apply(a.credentials, args);
      });
    expect(await a.take('crm')).toBe(provider.latest);

    await expire();
    provider.script.push(() => {
      throw failure('refused', 'invalid_grant');
    });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
    await storeSpare(provider.grant());
    expect(await b.take('crm')).toBe(provider.latest);
    expect((await b.row(id)).state).toBe('live');
  });

  it('keeps the second response as a spare', async () => {
    provider.grace = true;
    await expire();
    const stop = a.stopAt('commit');
    const late = a.take('crm');
    await stop.arrived;
    await a.endLease(id);
    const theirs = await b.take('crm');
    stop.go();
    await expect(late).resolves.toBe(theirs);
    const row = await a.row(id);
    expect(row.generation).toBe(2);
    expect(a.open(row, 'sealed_spare').refreshToken).toBe('refresh-2');
  });

  it('I7, moment 3: continues when the caller has aborted, and the next one gets the result', async () => {
    await expire();
    const stop = a.stopAt('response');
    await expect(a.take('crm', {}, { deadline: 50 })).rejects.toMatchObject({
      code: 'datasource_unavailable',
    });
    await stop.arrived;
    const waiting = a.take('crm');
    stop.go();
    expect(await waiting).toBe(provider.latest);
    expect(provider.calls).toHaveLength(1);
    expect((await a.row(id)).generation).toBe(2);
  });

  it('I8, moment 6: stores a refreshed token again after the database lost it', async () => {
    const before = await snapshot();
    await expire();
    const token = await a.take('crm');
    await goBack(before);
    await expire();
    await expect(a.take('crm')).resolves.toBe(token);
    const row = await a.row(id);
    expect(row).toMatchObject({ generation: 2, state: 'live' });
    expect(a.open(row).refreshToken).toBe('refresh-2');
    await a.age(id, HOUR);
    await a.take('crm');
    expect(provider).toMatchObject({ rotations: 2, reuses: 0 });
  });

  it('I8: remembers what it read as well as what it obtained, and never writes back an older one', async () => {
    const before = await snapshot();
    await expire();
    await a.take('crm');
    await expire();
    await b.take('crm');
    // The first replica has only read the second one's token.
    await a.take('crm');
    await goBack(before);
    await expire();
    expect(await a.take('crm')).toBe(provider.latest);
    expect((await a.row(id)).generation).toBe(3);
    expect(provider).toMatchObject({ rotations: 2, reuses: 0 });
  });

  it('I8: writes it again when the change feed reports it, without a caller', async () => {
    const watching = replica({ pollEvery: 20 });
    await watching.feed.start();
    const before = await snapshot();
    await expire();
    await watching.take('crm');
    await polled(knex);
    await goBack(before);
    await until(async () => (await b.row(id)).generation === 2);
    expect(b.open(await b.row(id)).refreshToken).toBe('refresh-2');
    await watching.feed.stop();
  });

  it("I8: a restore at the same time as another replica's does no harm", async () => {
    const before = await snapshot();
    await expire();
    const token = await a.take('crm');
    await b.take('crm');
    await goBack(before);
    await expire();
    const tokens = await Promise.all(
      [a, b, a, b].map(each => each.take('crm')),
    );
    expect(new Set(tokens)).toEqual(new Set([token]));
    expect((await a.row(id)).generation).toBe(2);
    expect(provider.rotations).toBe(1);
  });

  if (databaseId === 'SQLITE_3') {
    it('I3: keeps a token when the disk is full, and stores it once there is room', async () => {
      await expire();
      const long = 'a'.repeat(20_000);
      provider.script.push(grant => ({ ...grant(), accessToken: long }));
      const stop = a.stopAt('commit');
      const taken = a.take('crm');
      await stop.arrived;
      await knex.raw('vacuum');
      const [{ page_count: pages }] = await knex.raw('pragma page_count');
      await knex.raw(`pragma max_page_count = ${pages}`);
      const store = jest.spyOn(a.credentials, 'storeTokens');
      const outcomes = () => store.mock.results.map(each => each.value);
      stop.go();
      await untilCalls(store, 3);
      await expect(outcomes()[0]).rejects.toThrow('full');
      expect((await b.row(id)).generation).toBe(1);
      await knex.raw('pragma max_page_count = 1000000');
      expect(await taken).toBe(long);
      expect((await b.row(id)).generation).toBe(2);
      expect(provider.calls).toHaveLength(1);
    });

    it('I1: sends nothing while the disk is too full for the intent', async () => {
      await expire();
      await knex.raw('pragma query_only = on');
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      expect(provider.calls).toHaveLength(0);
      await knex.raw('pragma query_only = off');
      expect(await a.take('crm')).toBe(provider.latest);
    });
  }

  it('moment 5: recognizes a COMMIT whose reply was lost', async () => {
    await expire();
    const { storeTokens } = a.credentials;
    const store = jest
      .spyOn(a.credentials, 'storeTokens')
      .mockImplementationOnce(async (...args) => {
        await storeTokens.apply(a.credentials, args);
        throw new Error('connection terminated');
      });
    expect(await a.take('crm')).toBe(provider.latest);
    expect(store).toHaveBeenCalledTimes(2);
    const row = await a.row(id);
    expect(row).toMatchObject({ generation: 2 });
    expect(row.sealedSpare).toBeUndefined();
    expect(provider.calls).toHaveLength(1);
  });

  it('moment 7: a second instance on a copy refreshes and hands out nothing', async () => {
    const copy = replica({ quarantined: true });
    await expire();
    await expect(copy.take('crm')).rejects.toMatchObject({
      code: 'datasource_unavailable',
      message: expect.stringContaining('adoptCredentials'),
    });
    await copy.sweeper.sweep();
    expect(provider.calls).toHaveLength(0);
    expect(await a.row(id)).toMatchObject({ leaseEpoch: 0 });
  });

  it.each(['gateway', 'timeout', 'connect'])(
    'moment 9, [checklist 37]: sends a token again whose outcome is unknown (%s)',
    async code => {
      await expire();
      provider.script.push(() => {
        throw failure('silent', code);
      });
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      const row = await a.row(id);
      expect(row).toMatchObject({
        ...{ state: 'live', presentedGeneration: 1, attempts: 1 },
        lastError: { code },
      });
      expect(row.nextAttemptAt).toBeGreaterThan(row.readAt);
      await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      expect(provider.calls).toHaveLength(1);
      await a.age(id, MINUTE);
      expect(await b.take('crm')).toBe(provider.latest);
      expect(provider.presented).toEqual(['refresh-1', 'refresh-1']);
    },
  );

  it('moment 9, moment 4, [checklist 37]: reports that an earlier refresh got no response when the second attempt is rejected', async () => {
    await expire();
    provider.script.push(grant => {
      grant();
      throw failure('silent', 'timeout');
    });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    await a.age(id, MINUTE);
    await expect(b.take('crm')).rejects.toMatchObject({
      code: 'datasource_not_authorized',
      message: expect.stringContaining('no_response'),
    });
    expect(await a.row(id)).toMatchObject({
      state: 'refused',
      reason: 'no_response',
    });
  });

  it('moment 4: a crash after sending costs nothing if the provider has a grace period', async () => {
    provider.grace = true;
    await expire();
    const stop = a.stopAt('response');
    a.take('crm').catch(() => {});
    await stop.arrived;
    await a.endLease(id);
    expect(await b.take('crm')).toBe(provider.latest);
    expect(await a.row(id)).toMatchObject({ state: 'live', generation: 2 });
    expect(provider.presented).toEqual(['refresh-1', 'refresh-1']);
  });

  it('moment 11: limits the time of an exchange, so that it ends before its lease', async () => {
    await expire();
    await a.take('crm');
    const { options } = provider.calls[0];
    expect(options.startWithin).toBeLessThanOrEqual(5_000);
    expect(options.answerWithin).toBe(15_000);
    expect(options.readWithin).toBe(50_000);
  });

  describe('a process that pauses before sending', () => {
    /** Pauses longer than a request may take to start, at each of so many exchanges. */
    async function pause(times: number) {
      const now = Date.now.bind(Date);
      const clock = jest.spyOn(Date, 'now');
      for (let paused = 1; paused <= times; paused += 1) {
        const stop = a.stopAt('send');
        await stop.arrived;
        clock.mockImplementation(() => now() + paused * 6_000);
        stop.go();
      }
    }

    it('I2: sends nothing late, and leaves it to a later one', async () => {
      await expire();
      const stop = a.stopAt('send');
      const late = a.take('crm');
      await stop.arrived;
      await b.endLease(id);
      expect(await b.take('crm')).toBe('access-2');
      const now = Date.now.bind(Date);
      jest.spyOn(Date, 'now').mockImplementation(() => now() + 6_000);
      stop.go();
      expect(await late).toBe('access-2');
      expect(provider.presented).toEqual(['refresh-1']);
      expect(provider).toMatchObject({ rotations: 1, reuses: 0 });
    });

    it('sends nothing late, and starts again for its callers', async () => {
      await expire();
      const taken = [a.take('crm'), a.take('crm')];
      await pause(2);
      expect(await Promise.all(taken)).toEqual(['access-2', 'access-2']);
      expect(provider.presented).toEqual(['refresh-1']);
      expect(await a.row(id)).toMatchObject({ generation: 2, attempts: 0 });
    });

    it('tells its callers when to retry if it pauses again and again', async () => {
      await expire();
      const taken = a.take('crm').catch(error => error);
      await pause(3);
      expect(await taken).toMatchObject({
        code: 'datasource_unavailable',
        message: expect.stringContaining('start_missed'),
        retryAt: expect.any(Number),
      });
      expect(provider.calls).toHaveLength(0);
      expect(await a.row(id)).toMatchObject({
        ...{ generation: 1, attempts: 1 },
        ...{ presentedGeneration: undefined, leaseUntil: undefined },
      });
    });
  });

  it.each([30_000, -30_000])(
    "moment 13: uses the database's clock when replicas disagree by %i ms",
    async shift => {
      const now = Date.now.bind(Date);
      const clock = jest.spyOn(Date, 'now');
      clock.mockImplementation(() => now() + shift);
      const copy = await b.memory.get('crm');
      await expect(b.takeFrom(copy)).resolves.toBe('access-1');
      expect(provider.calls).toHaveLength(0);
      await b.age(id, HOUR);
      const stop = b.stopAt('send');
      const taken = b.take('crm');
      await stop.arrived;
      clock.mockImplementation(now);

      const row = await a.row(id);
      expect(row.leaseUntil! - row.readAt).toBeGreaterThan(55_000);
      expect(row.leaseUntil! - row.readAt).toBeLessThanOrEqual(60_000);
      expect(await a.credentials.leases.take(row, 'other')).toBeUndefined();
      clock.mockImplementation(() => now() + shift);
      stop.go();
      // A clock that is set during an exchange looks like a process that paused.
      expect(await taken).toBe(provider.latest);
      const renewed = await a.row(id);
      expect(renewed.expiresAt! - renewed.readAt).toBeGreaterThan(HOUR - 5_000);
      expect(renewed.expiresAt! - renewed.readAt).toBeLessThanOrEqual(HOUR);
      expect(provider).toMatchObject({ rotations: 1, reuses: 0 });
    },
  );

  describe('moment 14:', () => {
    it('a route that rejects every token neither rotates endlessly nor counts for the API', async () => {
      await a.age(id, 30 * MINUTE);
      const reject = async () =>
        a.take('crm', {
          rejectedToken: provider.latest ?? 'access-1',
          route: 'gateway /admin',
        });
      await reject();
      expect(provider.calls).toHaveLength(1);
      for (let call = 0; call < 20; call += 1) {
        await expect(reject()).rejects.toMatchObject({
          code: 'datasource_unavailable',
          message: expect.stringContaining('refreshed a moment ago'),
        });
      }
      expect((await a.row(id)).lastError).toBeUndefined();
      // Others keep using the token, and this route must wait longer each time.
      await expect(a.take('crm')).resolves.toBe(provider.latest);
      await a.age(id, 7 * MINUTE);
      await expect(reject()).rejects.toMatchObject({ statusCode: 503 });
      expect(provider.calls).toHaveLength(1);
      await a.age(id, 9 * MINUTE);
      await reject();
      expect(provider.calls).toHaveLength(2);
      await expect(reject()).rejects.toMatchObject({ statusCode: 503 });
      await a.age(id, 20 * MINUTE);
      await expect(reject()).rejects.toMatchObject({
        message: expect.stringContaining("didn't help"),
      });
      expect(provider.calls).toHaveLength(2);
      // Another route isn't delayed by it.
      await a.take('crm', {
        rejectedToken: provider.latest,
        route: 'gateway /me',
      });
      expect(provider.calls).toHaveLength(3);
    });

    it("one route doesn't decide the state of the API, however many tokens in a row it rejects", async () => {
      await a.age(id, 7 * MINUTE);
      for (let generation = 1; generation < 6; generation += 1) {
        await a
          .take('crm', {
            rejectedToken: provider.latest ?? 'access-1',
            route: 'gateway /admin',
          })
          .catch(() => {});
        expect((await a.row(id)).lastError).toBeUndefined();
        const { generation: newerThan } = await a.row(id);
        await a.take('crm', { person: true, newerThan });
      }
    });

    it('three rejections in a row on several routes set the state of the API, with the age of the token; a success ends it', async () => {
      await a.age(id, 30 * MINUTE);
      const reject = (route: string) =>
        a.take('crm', { rejectedToken: provider.latest ?? 'access-1', route });
      await reject('gateway /me');
      await expect(reject('gateway /me')).rejects.toMatchObject({
        statusCode: 503,
      });
      expect((await a.row(id)).lastError).toBeUndefined();
      await a.age(id, 42_000);
      await expect(reject('plugin techdocs GET /docs')).rejects.toMatchObject({
        message: expect.stringContaining('rejects fresh tokens'),
      });
      const { lastError, obtainedAt } = await a.row(id);
      const age = lastError!.at - obtainedAt!;
      expect(age).toBeGreaterThanOrEqual(42_000);
      expect(lastError).toMatchObject({
        code: 'rejected_by_api',
        cause: expect.stringContaining(
          `the last one ${Math.round(age / 1_000)} seconds after`,
        ),
      });
      await a.age(id, 8 * MINUTE);
      await expect(reject('plugin techdocs GET /docs')).rejects.toMatchObject({
        message: expect.stringContaining('rejects fresh tokens'),
      });
      await a.accept('crm');
      expect((await a.row(id)).lastError).toBeUndefined();
      expect(await reject('plugin techdocs GET /docs')).toBe(provider.latest);
    });

    it('a success in between restarts the count', async () => {
      await a.age(id, 30 * MINUTE);
      const reject = (route: string) =>
        a
          .take('crm', { rejectedToken: provider.latest ?? 'access-1', route })
          .catch(() => {});
      await reject('gateway /me');
      await reject('gateway /me');
      await a.accept('crm');
      await reject('plugin techdocs GET /docs');
      await reject('plugin other');
      expect((await a.row(id)).lastError).toBeUndefined();
      await reject('gateway /third');
      expect((await a.row(id)).lastError?.code).toBe('rejected_by_api');
    });

    it('a refresh that helped its route allows the next one without a wait', async () => {
      await a.age(id, 30 * MINUTE);
      const route = 'gateway /me';
      for (let times = 0; times < 3; times += 1) {
        const calls = provider.calls.length;
        await a.take('crm', {
          rejectedToken: provider.latest ?? 'access-1',
          route,
        });
        expect(provider.calls).toHaveLength(calls + 1);
        await a.accept('crm', route);
        await a.age(id, 7 * MINUTE);
      }
    });

    it('a caller that reports a replaced token gets the new one', async () => {
      await a.age(id, 30 * MINUTE);
      const old = await a.take('crm');
      const tokens = await Promise.all(
        [a, b, a, b, a].map(each => each.take('crm', { rejectedToken: old })),
      );
      expect(new Set(tokens)).toEqual(new Set([provider.latest]));
      expect(provider.calls).toHaveLength(1);
    });

    it("a provider that returns the same token again isn't called again for each waiting caller", async () => {
      await a.age(id, 30 * MINUTE);
      const old = await a.take('crm');
      provider.script.push(grant => ({ ...grant(), accessToken: old }));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () => a.take('crm', { rejectedToken: old })),
      );
      expect(outcomes).toHaveLength(10);
      expect(provider.calls).toHaveLength(1);
    });

    it('a required validity longer than the lifetime means half of the lifetime', async () => {
      await a.age(id, 20 * MINUTE);
      const token = await a.take('crm', { minValidity: 10 * HOUR });
      expect(token).toBe('access-1');
      await a.age(id, 15 * MINUTE);
      await a.take('crm', { minValidity: 10 * HOUR });
      expect(provider.calls).toHaveLength(1);
      await a.take('crm', { minValidity: 10 * HOUR });
      expect(provider.calls).toHaveLength(1);
    });

    it("[checklist 31] expires_in: 0 yields a token for waiting callers, which later callers don't get as new", async () => {
      provider.lifetimeSeconds = 0;
      await expire();
      expect(await a.take('crm')).toBe('access-2');
      for (let call = 0; call < 10; call += 1) {
        for (const each of [a, b]) {
          await expect(each.take('crm')).rejects.toMatchObject({
            code: 'datasource_unavailable',
            message: expect.stringContaining('had already expired'),
          });
        }
        await a.sweeper.sweep();
      }
      expect(provider.calls).toHaveLength(1);
      const row = await a.row(id);
      expect(row.lastError).toBeUndefined();
      expect(row.refreshDueAt! - row.obtainedAt!).toBeGreaterThanOrEqual(9_999);
      await a.age(id, 11_000);
      expect(await a.take('crm')).toBe('access-3');
      await a.age(id, 3_000);
      await a.take('crm', { person: true });
      expect(provider.calls).toHaveLength(3);
    });

    it('a lifetime shorter than the limiter is used up, and the next refresh waits for the limiter', async () => {
      // No replica remembers the row that was aged.
      const taken = () => replica().take('crm');
      provider.lifetimeSeconds = 9;
      await expire();
      expect(await a.take('crm')).toBe('access-2');
      await a.age(id, 4_600);
      expect(await taken()).toBe('access-2');
      // It expires, and nothing else becomes older.
      await knex('credentials')
        .where({ datasource_id: id })
        .decrement('expires_at', 8_000);
      await expect(taken()).rejects.toMatchObject({
        code: 'datasource_unavailable',
        message: expect.stringContaining('refreshed a moment ago'),
      });
      expect(provider.calls).toHaveLength(1);
      await a.age(id, 6_000);
      expect(await taken()).toBe('access-3');
      expect(provider.calls).toHaveLength(2);
    });
  });

  it('moment 15, [checklist 38]: obeys Retry-After up to 15 minutes', async () => {
    await expire();
    provider.script.push(() => {
      throw failure('answered', 'rate_limited', {
        retryAt: Date.now() + 31_536_000_000,
        details: { status: 429 },
      });
    });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    const row = await a.row(id);
    expect(row.presentedGeneration).toBeUndefined();
    const rest = row.nextAttemptAt! - row.readAt;
    expect(rest).toBeLessThanOrEqual(15 * MINUTE);
    expect(rest).toBeGreaterThan(14 * MINUTE);
    await a.age(id, 14 * MINUTE);
    await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    await a.age(id, MINUTE);
    expect(await b.take('crm')).toBe(provider.latest);
    expect(provider.calls).toHaveLength(2);
  });

  it.each([
    ['invalid_client', 'answered' as const, 401],
    ['rate_limited', 'answered' as const, 429],
    ['server', 'answered' as const, 503],
    ['dns', 'not_sent' as const, undefined],
  ])(
    '[checklist 38]: %s keeps everything and backs off',
    async (code, outcome, status) => {
      await expire();
      provider.script.push(() => {
        throw failure(outcome, code, { details: { status } });
      });
      const before = await a.row(id);
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      const after = await a.row(id);
      expect(after).toMatchObject({
        ...{ state: 'live', generation: 1, attempts: 1 },
        ...{ sealed: before.sealed, lastError: { code } },
      });
      expect(after.presentedGeneration ?? after.leaseUntil).toBeUndefined();
      expect(after.nextAttemptAt).toBeGreaterThan(after.readAt);
      expect(after.refreshDueAt).toBe(after.nextAttemptAt);
    },
  );

  describe('a failing refresh', () => {
    it.each(['answered', 'silent', 'not_sent', 'refused'] as const)(
      'never withholds a token that is still valid (%s)',
      async outcome => {
        await a.age(id, 58 * MINUTE);
        provider.script.push(() => {
          throw failure(outcome, 'invalid_grant');
        });
        await expect(a.take('crm')).resolves.toBe('access-1');
        await until(async () => (await a.row(id)).lastError !== undefined);
        await expect(a.take('crm')).resolves.toBe('access-1');
        await expect(a.take('crm', { minValidity: 20 * MINUTE })).resolves.toBe(
          'access-1',
        );
        await expect(
          a.take('crm', { rejectedToken: 'access-1' }),
        ).rejects.toMatchObject({
          statusCode: outcome === 'refused' ? 409 : 503,
        });
        expect(provider.calls).toHaveLength(1);
      },
    );

    it('serves from memory while the database is down', async () => {
      await a.age(id, 40 * MINUTE);
      const copy = await a.memory.get('crm');
      const read = jest
        .spyOn(a.credentials, 'read')
        .mockRejectedValue(new Error('the database is away'));
      await expect(a.takeFrom(copy, { minValidity: HOUR })).resolves.toBe(
        'access-1',
      );
      await expect(
        a.takeFrom(copy, { rejectedToken: 'access-1' }),
      ).rejects.toMatchObject({
        code: 'datasource_unavailable',
        message: expect.not.stringContaining('the database is away'),
      });
      read.mockRestore();
    });
  });

  it('serves a valid token immediately within the window, and refreshes it once in the background', async () => {
    await a.age(id, 58 * MINUTE);
    const stop = a.stopAt('send');
    const tokens = await Promise.all(
      Array.from({ length: 50 }, () => a.take('crm')),
    );
    expect(new Set(tokens)).toEqual(new Set(['access-1']));
    await stop.arrived;
    await expect(a.take('crm')).resolves.toBe('access-1');
    stop.go();
    await until(async () => (await a.row(id)).generation === 2);
    await expect(a.take('crm')).resolves.toBe('access-2');
    expect(provider.calls).toHaveLength(1);
  });

  it('[checklist 35] keeps the refresh token that a response omits', async () => {
    await expire();
    provider.script.push(grant => ({ ...grant(), refreshToken: undefined }));
    await a.take('crm');
    expect(a.open(await a.row(id))).toMatchObject({
      accessToken: provider.latest,
      refreshToken: 'refresh-1',
    });
  });

  it('a caller that needs more than the refresh it joined starts its own', async () => {
    await expire();
    const stop = a.stopAt('send');
    const first = a.take('crm');
    await stop.arrived;
    const second = a.take('crm', { rejectedToken: 'access-2', person: true });
    stop.go();
    await expect(first).resolves.toBe('access-2');
    await expect(second).resolves.toBe('access-3');
    expect(provider).toMatchObject({ rotations: 2, reuses: 0 });
  });

  it("a user isn't stopped by what stopped the refresh they joined", async () => {
    await expire();
    provider.script.push(() => {
      throw failure('answered', 'server');
    });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    const running = a.take('crm').catch(error => error);
    expect(await a.take('crm', { person: true })).toBe(provider.latest);
    await running;
  });

  it('obtains no first token by itself for a datasource that a user saved without one', async () => {
    const auth = { grantType: 'client_credentials' };
    const machine = await a.save(undefined, { name: 'machine', auth });
    await expect(a.take('machine')).rejects.toMatchObject({
      code: 'datasource_not_authorized',
      message: expect.stringContaining('no credential yet'),
    });
    await a.sweeper.sweep();
    expect(provider.calls).toHaveLength(0);
    expect(
      await a.credentials.read(CredentialKey.service(machine)),
    ).toBeUndefined();
  });

  it('moment 16: cleared client credentials stay cleared for every caller', async () => {
    const machine = await a.save(provider.grant(), {
      name: 'machine',
      auth: { grantType: 'client_credentials' },
    });
    const { binding } = await a.row(machine);
    await a.credentials.clear(
      CredentialKey.service(machine),
      {
        ...{ credentialId: machine, binding, reason: 'cleared' as const },
        by: 'user:default/jane',
      },
      knex,
    );
    for (const each of [a, b]) {
      await expect(each.take('machine')).rejects.toMatchObject({
        code: 'datasource_not_authorized',
        message: expect.stringContaining('cleared'),
      });
      await each.sweeper.sweep();
    }
    expect(provider.calls).toHaveLength(0);
    expect(await a.row(machine)).toMatchObject({
      ...{
        state: 'cleared',
        generation: 0,
        stateChangedBy: 'user:default/jane',
      },
    });
  });

  describe('moment 17: during a rollout', () => {
    const declare = (clientId: string) => ({
      machine: {
        auth: {
          ...{ grantType: 'client_credentials', clientId },
          clientSecret: 'hush',
          token: { url: 'https://login.example.com/token' },
        },
      },
    });

    async function rollout() {
      const before = replica({ declared: declare('one') });
      const after = replica({ declared: declare('two') });
      for (const each of [before, after]) {
        await each.declared.mirror({
          store: each.datasourceStore,
          logger: each.logger,
        });
      }
      const { record } = await before.datasources.get('machine');
      return { before, after, machine: record.id };
    }

    it('threats 37: neither replica serves, deletes or overwrites what the other obtained under other settings', async () => {
      const { before, after, machine } = await rollout();
      const token = await before.take('machine');
      const row = await a.row(machine);
      await expect(after.take('machine')).rejects.toMatchObject({
        code: 'datasource_not_authorized',
        message: expect.stringContaining('settings that changed'),
      });
      await after.sweeper.sweep();
      expect(await a.row(machine)).toMatchObject({
        ...{ sealed: row.sealed, state: 'live', generation: 1 },
      });
      await expect(before.take('machine')).resolves.toBe(token);
      await before.age(machine, 2 * HOUR);
      expect(await before.take('machine')).toBe(provider.latest);
    });

    it("a first token that one is obtaining is neither taken over nor stored under the other's settings", async () => {
      const { before, after, machine } = await rollout();
      const stop = before.stopAt('commit');
      const first = before.take('machine');
      await stop.arrived;
      const second = after.take('machine').catch(error => error);
      await sleep(200);
      const { binding } = await a.row(machine);
      expect(binding).toBe(before.declared.get('machine')!.binding);
      stop.go();
      expect(await first).toBe(provider.latest);
      after.feed.tell({ datasourceId: machine }); // as its poll does
      await expect(second).resolves.toMatchObject({ statusCode: 409 });
      const row = await a.row(machine);
      expect(row.binding).toBe(binding);
      expect(a.open(row).accessToken).toBe(provider.latest);
    });

    it('a response that arrives after the empty row went to the other is dropped', async () => {
      const { before, after, machine } = await rollout();
      const stop = before.stopAt('commit');
      const first = before.take('machine').catch(error => error);
      await stop.arrived;
      await a.endLease(machine);
      await knex('credentials').update({ presented_at: 1 });
      const second = await after.take('machine');
      stop.go();
      await expect(first).resolves.toMatchObject({ statusCode: 409 });
      const row = await a.row(machine);
      expect(row.binding).toBe(after.declared.get('machine')!.binding);
      expect(a.open(row).accessToken).toBe(second);
      expect(row.sealedSpare).toBeUndefined();
    });
  });

  it('moment 18: re-encryption during a refresh undoes nothing', async () => {
    const keys = [
      { id: 'k2', secret: 'next-secret-next-secret-next-secret-' },
      { id: 'k1', secret: 'test-secret-test-secret-test-secret' },
    ];
    const next = replica({ keys });
    const reseal = () =>
      new Reseal({ knex, sealer: next.sealer, logger: next.logger });
    await expire();
    const stop = a.stopAt('commit');
    const taken = a.take('crm');
    await stop.arrived;
    await reseal().run();
    expect((await a.row(id)).sealed).toMatch(/^v1\.k2\./);
    stop.go();
    await taken;
    const row = await next.row(id);
    expect(row).toMatchObject({ generation: 2, state: 'live' });
    expect(next.open(row).accessToken).toBe(provider.latest);
    await reseal().run();
    expect(next.open(await next.row(id)).refreshToken).toBe('refresh-2');
  });

  it('moment 18: a replica without the key neither overwrites nor marks the row', async () => {
    const next = replica({
      keys: [{ id: 'k2', secret: 'next-secret-next-secret-next-secret-' }],
    });
    await expire();
    const before = await snapshot();
    await expect(next.take('crm')).rejects.toMatchObject({
      code: 'datasource_unavailable',
      message: expect.stringContaining("Encryption key 'k1' is missing"),
    });
    await next.sweeper.sweep();
    expect(await snapshot()).toEqual(before);
    expect(provider.calls).toHaveLength(0);
    expect(await a.take('crm')).toBe(provider.latest);
  });

  it.each<[string, ReturnType<typeof failure>]>([
    ['refused', failure('refused', 'invalid_grant')],
    [
      'rejected with 401 and no reason',
      failure('answered', 'invalid_client', { details: { status: 401 } }),
    ],
    ...[400, 401, 403, 404, 409, 422, 423].map(
      (status): [string, ReturnType<typeof failure>] => [
        `rejected with ${status} and a message of the server`,
        failure('answered', 'invalid_request', {
          details: { status, error: 'invalid_request' },
        }),
      ],
    ),
    [
      'rejected with half a 400',
      failure('silent', 'bad_response', { details: { status: 400 } }),
    ],
  ])(
    "moment 19: a password that was %s isn't tried again by itself",
    async (_, error) => {
      const robot = await a.save(provider.grant(), {
        name: 'robot',
        auth: { grantType: 'password', username: 'robot', password: 'hush' },
      });
      await a.age(robot, HOUR);
      provider.script.push(() => {
        throw error;
      });
      await expect(a.take('robot')).rejects.toMatchObject({ statusCode: 409 });
      await a.age(robot, 24 * HOUR);
      for (const each of [a, b]) {
        await expect(each.take('robot')).rejects.toMatchObject({
          code: 'datasource_not_authorized',
        });
        await each.sweeper.sweep();
      }
      expect(provider.presented.filter(token => !token)).toHaveLength(1);
    },
  );

  it('moment 19: a password that changed while another was being checked is tried at once', async () => {
    const auth = { grantType: 'password', username: 'robot', password: 'x' };
    const robot = await a.save(provider.grant(), { name: 'robot', auth });
    await a.age(robot, HOUR);
    provider.script.push(async () => {
      const { record } = (await a.datasources.findById(robot))!;
      const changed = { 'auth.clientSecret': 'hush', 'auth.password': 'new' };
      await knex('datasources')
        .where({ id: robot })
        .update({
          sealed: a.sealer.seal(
            serializeSecrets(new Map(Object.entries(changed))),
            datasourcePlace(robot, record.binding),
          ),
        });
      await b.broker.settingsChanged(CredentialKey.service(robot));
      throw failure('refused', 'invalid_grant');
    });
    expect(await a.take('robot')).toBe(provider.latest);
    expect(provider.calls).toHaveLength(2);
    expect(await a.row(robot)).toMatchObject({ state: 'live' });
  });

  it.each([408, 425, 429])(
    'moment 19: a password is tried again after a %i',
    async status => {
      const robot = await a.save(provider.grant(), {
        name: 'robot',
        auth: { grantType: 'password', username: 'robot', password: 'hush' },
      });
      await a.age(robot, HOUR);
      provider.script.push(() => {
        throw failure('answered', 'bad_response', { details: { status } });
      });
      await expect(a.take('robot')).rejects.toMatchObject({ statusCode: 503 });
      await a.age(robot, 15 * MINUTE);
      expect(await a.take('robot')).toBe(provider.latest);
    },
  );

  describe('a refresh token that is rejected with an unknown error', () => {
    const DAY = 24 * HOUR;
    const refuse = (status: number, code: string, error?: string) =>
      provider.script.push(() => {
        throw failure('answered', code, {
          retryable: false,
          details: { status, error },
        });
      });
    const doubted = async () => {
      await expire();
      for (const waited of [0, 5 * MINUTE]) {
        await a.age(id, waited);
        refuse(400, 'invalid_request', 'invalid_request');
        await expect(a.take('crm')).rejects.toMatchObject({
          statusCode: waited ? 409 : 503,
        });
      }
    };

    it('is doubted after the second response, and tried once a day', async () => {
      await doubted();
      expect(await a.row(id)).toMatchObject({
        ...{ state: 'live', reason: 'doubtful', sealed: expect.any(String) },
      });
      await a.age(id, 23 * HOUR);
      for (const each of [a, b]) {
        await expect(each.take('crm')).rejects.toMatchObject({
          code: 'datasource_not_authorized',
          message: expect.stringContaining('may no longer accept'),
        });
        await each.sweeper.sweep();
      }
      expect(provider.calls).toHaveLength(2);
      refuse(503, 'server');
      await a.age(id, 2 * HOUR);
      await a.sweeper.sweep();
      await b.sweeper.sweep();
      expect(provider.calls).toHaveLength(3);
      await a.age(id, 23 * HOUR);
      await a.sweeper.sweep();
      expect(provider.calls).toHaveLength(3);
      await a.age(id, 2 * HOUR);
      await a.sweeper.sweep();
      expect(await a.row(id)).toMatchObject({ state: 'live', generation: 2 });
      expect((await a.row(id)).reason).toBeUndefined();
    });

    it('is tried at once for a user', async () => {
      await doubted();
      expect(await a.take('crm', { person: true })).toBe(provider.latest);
    });

    it('is counted for one refresh token, whatever else fails in between', async () => {
      await expire();
      refuse(400, 'empty_response');
      refuse(503, 'server');
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      await a.age(id, 10 * MINUTE);
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      await a.age(id, 10 * MINUTE);
      expect(await a.take('crm')).toBe(provider.latest);
      await expire();
      refuse(400, 'provider_error', 'SOMETHING');
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      expect(await a.row(id)).toMatchObject({ reason: 'suspected' });
    });

    const enter = async (secrets: Record<string, string>) => {
      const { record } = (await a.datasources.findById(id))!;
      const sealed = a.sealer.seal(
        serializeSecrets(new Map(Object.entries(secrets))),
        datasourcePlace(id, record.binding),
      );
      await knex('datasources').where({ id }).update({ sealed });
    };

    it('moment 19: restarts the count after the client secret changed, and is tried at once', async () => {
      await doubted();
      await enter({ 'auth.clientSecret': 'another' });
      await a.broker.settingsChanged(CredentialKey.service(id));
      await eventually(async () => expect(provider.calls).toHaveLength(3));
      await a.broker.drain();
      expect(await a.row(id)).toMatchObject({ state: 'live', generation: 2 });
    });

    it("moment 19: isn't doubted for two responses to different client secrets", async () => {
      await expire();
      for (const secret of ['one', 'two', 'three', 'three']) {
        await enter({ 'auth.clientSecret': secret });
        refuse(400, 'invalid_request', 'invalid_request');
        await expect(b.take('crm')).rejects.toMatchObject({});
        await a.age(id, 5 * MINUTE);
        b.memory.drop({ datasourceId: id });
      }
      expect(provider.calls).toHaveLength(4);
      expect(await b.row(id)).toMatchObject({ reason: 'doubtful' });
      await enter({ 'auth.clientSecret': 'four' });
      await a.age(id, 25 * HOUR);
      refuse(400, 'invalid_request', 'invalid_request');
      await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      expect(await b.row(id)).toMatchObject({ reason: 'suspected' });
    });

    it("moment 19: isn't retried if nothing that the provider checked changed", async () => {
      await doubted();
      const before = await snapshot();
      await a.broker.settingsChanged(CredentialKey.service(id));
      expect(await snapshot()).toEqual(before);
      expect(provider.calls).toHaveLength(2);
    });

    it('says nothing when the datasource was deleted', async () => {
      const deleted = '00000000-0000-4000-8000-000000000000';
      await a.broker.settingsChanged(CredentialKey.service(deleted));
      expect(a.logger.warn).not.toHaveBeenCalled();
    });

    it('I6: is over once it was refused, whatever the client secret', async () => {
      await expire();
      provider.script.push(() => {
        throw failure('refused', 'invalid_grant');
      });
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
      await enter({ 'auth.clientSecret': 'another' });
      await a.broker.settingsChanged(CredentialKey.service(id));
      expect(await a.row(id)).toMatchObject({ state: 'refused' });
    });

    it.each([
      [401, 'invalid_client'],
      [404, 'not_found'],
      [429, 'rate_limited'],
      [503, 'server'],
    ])("isn't doubted for %i %s", async (status, code) => {
      await expire();
      for (let attempt = 0; attempt < 4; attempt += 1) {
        refuse(status, code);
        await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
        await a.age(id, 15 * MINUTE);
      }
      expect((await a.row(id)).reason).toBeUndefined();
      expect(provider.calls).toHaveLength(4);
    });

    it('is doubted after a day of 500 invalid_grant', async () => {
      await expire();
      const fail = async (statusCode: number) => {
        refuse(500, 'server', 'invalid_grant');
        await expect(a.take('crm')).rejects.toMatchObject({ statusCode });
        await a.age(id, 15 * MINUTE);
      };
      await fail(503);
      await fail(503);
      await knex('credentials')
        .where({ datasource_id: id })
        .update({
          state_changed_at: knex.raw('?? - ?', ['state_changed_at', DAY]),
        });
      await fail(409);
      expect(await a.row(id)).toMatchObject({
        ...{ state: 'live', reason: 'doubtful' },
      });
    });
  });

  describe('moment 20: while the process ends', () => {
    it("waits for responses that aren't stored yet", async () => {
      await expire();
      const stop = a.stopAt('commit');
      const taken = a.take('crm');
      await stop.arrived;
      let drained = false;
      const draining = a.broker.drain().then(() => {
        drained = true;
      });
      await sleep(100);
      expect(drained).toBe(false);
      stop.go();
      await draining;
      expect((await b.row(id)).generation).toBe(2);
      expect(await taken).toBe(provider.latest);
    });

    it("starts no refresh, serves what it has, and doesn't wait for others", async () => {
      const stop = b.stopAt('send');
      await expire();
      const theirs = b.take('crm');
      await stop.arrived;
      const waiting = a.take('crm').catch(error => error);
      await sleep(150);
      await a.broker.drain();
      await expect(waiting).resolves.toMatchObject({ statusCode: 503 });
      stop.go();
      await theirs;
      expect(await a.take('crm')).toBe(provider.latest);
      await a.age(id, HOUR);
      await expect(a.take('crm')).rejects.toMatchObject({
        message: expect.stringContaining('stopping'),
      });
      expect(provider.calls).toHaveLength(1);
    });

    it('keeps trying to store for the whole wait, however long the database was down before', async () => {
      await expire();
      const store = jest
        .spyOn(a.credentials, 'storeTokens')
        .mockRejectedValue(new Error('the database is away'));
      const taken = a.take('crm');
      await untilCalls(store, 2);
      const draining = a.broker.drain();
      await sleep(500);
      store.mockRestore();
      await draining;
      expect(await taken).toBe(provider.latest);
      expect((await b.row(id)).generation).toBe(2);
    });
  });

  it('moment 22, [checklist 42]: neither refresh nor replacement revokes anything', async () => {
    await expire();
    await a.take('crm');
    await a.obtain(
      CredentialKey.service(id),
      bareSettingsOf(),
      provider.grant(),
    );
    expect(await a.take('crm')).toBe(provider.latest);
    expect(provider.revocations).toBe(0);
  });

  it('releases the lease when an exchange fails unexpectedly', async () => {
    await expire();
    provider.script.push(() => {
      throw new TypeError('of our own making');
    });
    await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    const row = await a.row(id);
    expect(row).toMatchObject({
      state: 'live',
      lastError: { code: 'unexpected' },
    });
    expect(row.leaseUntil).toBeUndefined();
    // It may have been sent.
    expect(row.presentedGeneration).toBe(1);
  });

  it("uses a token that doesn't expire before its refresh token becomes invalid when unused", async () => {
    provider.lifetimeSeconds = undefined;
    const idle = await a.save(provider.grant(), {
      name: 'idle',
      auth: { refresh: { idleEvery: { days: 10 } } },
    });
    await a.age(idle, 8 * 24 * HOUR);
    await a.sweeper.sweep();
    expect(provider.calls).toHaveLength(0);
    await a.age(idle, 2 * 24 * HOUR);
    await a.sweeper.sweep();
    expect(provider.calls).toHaveLength(1);
    const row = await a.row(idle);
    expect(row.generation).toBe(2);
    expect(row.refreshDueAt! - row.readAt).toBeGreaterThan(8.9 * 24 * HOUR);
    expect(row.refreshDueAt! - row.readAt).toBeLessThanOrEqual(10 * 24 * HOUR);
  });

  it("stops calls to a host that doesn't respond, except for users", async () => {
    for (let failed = 0; failed < 5; failed += 1) {
      await a.age(id, HOUR);
      provider.script.push(() => {
        throw failure('silent', 'timeout');
      });
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
    }
    const other = await a.save(provider.grant(), { name: 'other' });
    await a.age(other, HOUR);
    await expect(a.take('other')).rejects.toMatchObject({
      message: expect.stringContaining("login.example.com didn't respond"),
    });
    expect(provider.calls).toHaveLength(5);
    expect((await a.row(other)).leaseEpoch).toBe(0);
    expect(await a.take('other', { person: true })).toBe(provider.latest);
    await a.age(id, HOUR);
    expect(await a.take('crm')).toBe(provider.latest);
  });

  async function storeSpare(answer: IssuedTokens) {
    const row = await b.row(id);
    const { accessToken, refreshToken, tokenType } = answer;
    await b.credentials.storeSpare(
      CredentialKey.service(id),
      row.credentialId,
      b.tokens.seal(
        {
          ...{ accessToken, refreshToken, tokenType, kept: {} },
          apiOrigins: row.apiOrigins,
        },
        { ...row, column: 'sealed_spare' },
      ),
    );
  }
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  await eventually(async () => {
    if (!(await isTrue())) throw new Error('It did not come to pass');
  });
}

async function untilCalls(
  calls: unknown[] | jest.SpyInstance,
  count: number,
): Promise<void> {
  await until(async () => {
    const made = Array.isArray(calls) ? calls : calls.mock.calls;
    return made.length >= count;
  });
}
