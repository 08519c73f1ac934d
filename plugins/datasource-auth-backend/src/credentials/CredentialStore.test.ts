import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { AskedQuery, planOf } from '../__testUtils__/planOf';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { CredentialRow, StoredTokens } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { isDue } from './freshness';
import { CredentialKey } from '../database/CredentialKey';

jest.setTimeout(60_000);

const TOKENS: StoredTokens = {
  ...{ sealed: 'sealed-again', hasRefreshToken: true },
  ...{ age: 1_000, lifetime: 60_000, refreshDueAfter: 50_000 },
};
const ERROR = { code: 'server', title: 'Failed', at: 1, attempts: 1 };

describe.each(databaseIds())('CredentialStore on %s', databaseId => {
  let knex: Knex;
  let store: CredentialStore;
  let replica: TestReplica;
  let id: string;
  let row: CredentialRow;

  beforeEach(async () => {
    const set = await setUpReplica(databaseId);
    ({ knex, replica } = set);
    store = new CredentialStore({ knex });
    id = await replica.save(set.provider.grant());
    row = await replica.row(id);
  });

  const read = () => replica.row(id);
  const set = (columns: Record<string, unknown>) =>
    knex('credentials').update(columns);

  it('I1, I2: writes lease and intent in one statement, for only one of many owners', async () => {
    const leases = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(owner => store.leases.take(row, owner)),
    );
    expect(leases.filter(Boolean)).toEqual([{ epoch: 1 }]);
    const after = await read();
    expect(after).toMatchObject({ leaseEpoch: 1, presentedGeneration: 1 });
    expect(after.presentedAt).toBeGreaterThanOrEqual(row.readAt);
    // The two columns are two readings of the clock, both after the row was read.
    expect(after.leaseUntil).toBeGreaterThanOrEqual(row.readAt + 60_000);
  });

  it('I2: gives no lease while another one runs, and gives one after it expired', async () => {
    await store.leases.take(row, 'a');
    expect(await store.leases.take(await read(), 'b')).toBeUndefined();
    await replica.age(id, 60_001);
    expect(await store.leases.take(await read(), 'b')).toEqual({ epoch: 2 });
  });

  it('I2: takes over a lease of the same owner, who runs one exchange at a time', async () => {
    await store.leases.take(row, 'a');
    expect(await store.leases.take(await read(), 'a')).toEqual({ epoch: 2 });
    expect(await store.leases.take(row, 'a')).toBeUndefined();
  });

  it.each([
    ['generation', { generation: 2 }],
    ['grant', { credential_id: '11111111-1111-4111-8111-111111111111' }],
    ['epoch', { lease_epoch: 1 }],
  ])('gives no lease on a row whose %s changed', async (_, columns) => {
    await set(columns);
    expect(await store.leases.take(row, 'a')).toBeUndefined();
  });

  it('I4, I5: stores a response whatever the lease says, but only for its grant and generation', async () => {
    await store.leases.take(row, 'somebody else');
    const attempt = '22222222-2222-4222-8222-222222222222';
    const stored = await store.storeTokens(row, attempt, TOKENS, []);
    expect(stored).toEqual({ ...(await read()), readAt: stored!.readAt });
    expect(stored).toMatchObject({ generation: 2, attemptId: attempt });
    const after = await read();
    expect(after).toMatchObject({
      ...{ generation: 2, attemptId: attempt, sealed: 'sealed-again' },
      ...{ state: 'live', leaseUntil: undefined, attempts: 0 },
    });
    expect(after.presentedGeneration).toBeUndefined();
    expect(after.expiresAt! - after.obtainedAt!).toBe(60_000);
    expect(after.readAt - after.obtainedAt!).toBeGreaterThanOrEqual(1_000);
    expect(await store.storeTokens(row, attempt, TOKENS, [])).toBeUndefined();
    await set({ generation: 1, credential_id: attempt });
    expect(await store.storeTokens(row, attempt, TOKENS, [])).toBeUndefined();
  });

  it('I5: keeps a spare only with its own grant', async () => {
    await set({ credential_id: '11111111-1111-4111-8111-111111111111' });
    expect(
      await store.storeSpare(
        CredentialKey.service(id),
        row.credentialId,
        'spare',
      ),
    ).toBe(false);
    expect((await read()).sealedSpare).toBeUndefined();
  });

  it('I6: refuses only the current generation, and not while there is a spare', async () => {
    await set({ generation: 2 });
    expect(await store.refuse(row, 'invalid_grant', ERROR)).toBe(false);
    await set({ generation: 1 });
    await store.storeSpare(
      CredentialKey.service(id),
      row.credentialId,
      'spare',
    );
    expect(await store.refuse(row, 'invalid_grant', ERROR)).toBe(false);
    expect(
      await store.promoteSpare(row, 'promoted', {
        refreshToken: 'refresh-2',
        apiOrigins: [],
      }),
    ).toBe(true);
    const promoted = await read();
    expect(promoted).toMatchObject({ sealed: 'promoted', generation: 2 });
    expect(await store.refuse(promoted, 'invalid_grant', ERROR)).toBe(true);
    expect(await read()).toMatchObject({
      ...{ state: 'refused', reason: 'invalid_grant', sealed: 'promoted' },
      ...{ refreshDueAt: undefined },
    });
  });

  it('I8: writes a remembered generation over an older one, never over a newer one', async () => {
    await set({ state: 'refused', reason: 'invalid_grant', attempts: 3 });
    expect(await store.restore(row, 5, undefined, TOKENS, [])).toBe(true);
    expect(await read()).toMatchObject({
      ...{ generation: 5, state: 'live', reason: undefined, attempts: 0 },
    });
    expect(await store.restore(row, 4, undefined, TOKENS, [])).toBe(false);
  });

  it('releases only its own lease after a failure', async () => {
    const lease = (await store.leases.take(row, 'a'))!;
    await replica.age(id, 60_001);
    await store.leases.take(await read(), 'b');
    const failure = { error: ERROR, backOff: 5_000, presentedGeneration: 1 };
    expect(await store.leases.recordFailure(row, lease, failure)).toBe(false);
    expect(await store.leases.release(row, lease)).toBe(false);
    expect((await read()).leaseOwner).toBe('b');
    const theirs = { epoch: 2 };
    expect(await store.leases.recordFailure(row, theirs, failure)).toBe(true);
    const after = await read();
    expect(after).toMatchObject({ attempts: 1, presentedGeneration: 1 });
    expect(after.leaseUntil).toBeUndefined();
    expect(after.nextAttemptAt! - after.readAt).toBeLessThanOrEqual(5_000);
    expect(after.nextAttemptAt).toBe(after.refreshDueAt);
  });

  it.each([
    ['a failure', 'recordFailure'],
    ['a refusal', 'refuse'],
    ['a release', 'release'],
  ] as const)(
    'I2: an owner that read the row under a lease takes none after %s without reading it again',
    async (_, end) => {
      const lease = (await store.leases.take(row, 'a'))!;
      const under = await read();
      await {
        recordFailure: () =>
          store.leases.recordFailure(row, lease, {
            ...{ error: ERROR, backOff: 5_000, presentedGeneration: null },
          }),
        refuse: () => store.refuse(row, 'invalid_grant', ERROR),
        release: () => store.leases.release(row, lease),
      }[end]();
      expect((await read()).leaseUntil).toBeUndefined();
      expect(await store.leases.take(under, 'b')).toBeUndefined();
      expect(await store.leases.take(await read(), 'b')).toBeDefined();
    },
  );

  it('I5: empties a row for other settings as a new grant, but not during an exchange', async () => {
    await set({ sealed: null, generation: 0 });
    row = await read();
    await store.leases.take(row, 'a');
    const purpose = { binding: 'another', requested: 'another' };
    expect(await store.startOver(row, purpose)).toBe(false);
    await replica.age(id, 60_001);
    expect(await store.startOver(row, purpose)).toBe(true);
    expect(await read()).toMatchObject({ ...purpose, generation: 0 });
    expect((await read()).credentialId).not.toBe(row.credentialId);
    expect(await store.storeTokens(row, id, TOKENS, [])).toBeUndefined();
  });

  it('threats 37: empties a row for another request, but never a tombstone', async () => {
    const purpose = { binding: row.binding, requested: 'another' };
    await store.refuse(row, 'invalid_scope', ERROR);
    expect(await store.startOver(row, purpose)).toBe(true);
    const empty = await read();
    expect(empty).toMatchObject({ ...purpose, state: 'live', generation: 0 });
    expect(empty).toMatchObject({ sealed: undefined, scope: undefined });
    expect(isDue(empty, empty.readAt)).toBe(true);
    await set({ state: 'cleared' });
    expect(await store.startOver(await read(), purpose)).toBe(false);
  });

  it('stores an account of any length', async () => {
    const account = 'a'.repeat(2_000);
    const tokens = { ...TOKENS, account, scope: 's'.repeat(5_000) };
    expect(await store.storeTokens(row, id, tokens, [])).toBeDefined();
    expect((await read()).account).toHaveLength(300);
    expect((await read()).scope).toHaveLength(5_000);
  });

  it('lists due credentials in pages, longest due first, without leased ones', async () => {
    expect(await store.listDue(10)).toEqual([]);
    await replica.age(id, 3_600_000);
    const [due] = await store.listDue(10);
    expect(due).toEqual({
      key: CredentialKey.service(id),
      dueAt: (await read()).refreshDueAt,
    });
    expect(await store.listDue(10, due)).toEqual([]);
    await store.leases.take(await read(), 'a');
    expect(await store.listDue(10)).toEqual([]);
  });

  it('uses the index for due credentials, so others cost nothing', async () => {
    const asked: AskedQuery[] = [];
    const listen = (query: AskedQuery) => asked.push(query);
    knex.on('query', listen);
    await store.listDue(10);
    await store.listDue(10, { key: CredentialKey.service(id), dueAt: 1 });
    knex.off('query', listen);
    const [first, next] = [
      await planOf(knex, asked[0]),
      await planOf(knex, asked[1]),
    ];
    const upTo =
      /Index Cond: .*refresh_due_at <=|credentials_due_idx \(.*refresh_due_at</;
    expect(first).toMatch(upTo);
    expect(next).toMatch(upTo);
  });

  it('finds a taken account and disconnected people by an index, however many are connected', async () => {
    const asked: AskedQuery[] = [];
    const listen = (query: AskedQuery) => asked.push(query);
    knex.on('query', listen);
    const jane = { datasourceId: id, subject: 'user:default/jane' };
    await store.isAccountTaken(new CredentialKey(jane), 'jane@example.com');
    await store.removeDisconnected(1);
    knex.off('query', listen);
    expect(await planOf(knex, asked[0])).toMatch(
      /credentials_account_idx.*\baccount\)?(::text)? *=/,
    );
    expect(await planOf(knex, asked[1])).toContain('credentials_cleared_idx');
  });
});
