import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { failure, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { bareSettingsOf } from '../__testUtils__/settings';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLeases } from './CredentialLeases';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { UnreadableError } from '../sealing/Sealer';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const JANE = 'user:default/jane';

describe('the key of a credential', () => {
  const keyOf = (subject: string) =>
    new CredentialKey({ datasourceId: 'id', subject });

  it('threats 33, 42: is the same for all spellings of a user', () => {
    for (const ref of [JANE, 'User:Default/Jane', 'user:jane', 'USER:JANE']) {
      expect(keyOf(ref).text).toBe(`id ${JANE}`);
      expect(keyOf(keyOf(ref).subject).text).toBe(keyOf(ref).text);
    }
  });

  it.each([
    ['', 'no text'],
    ['jane', 'no kind'],
    ['Service', 'another spelling of all plugins'],
    ['group:default/team', 'a group'],
    ['component:default/jane', 'a component'],
    ['user:default/jane doe', 'a space'],
    ['user:default/jane\n', 'a line break'],
    [`user:default/${'j'.repeat(300)}`, 'a long ref'],
  ])('threats 33: rejects %j: %s', subject => {
    expect(() => keyOf(subject)).toThrow('must be a user');
  });

  it('belongs to a person unless all plugins share it', () => {
    expect(keyOf(JANE).isPersonal).toBe(true);
    expect(keyOf('user:default/service').isPersonal).toBe(true);
    expect(CredentialKey.service('id').isPersonal).toBe(false);
  });
});

describe.each(databaseIds())('two subjects on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let id: string;
  let service: CredentialKey;
  let jane: CredentialKey;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    id = await replica.save(provider.grant(), {
      settings: { subjects: 'both' },
    });
    service = CredentialKey.service(id);
    jane = new CredentialKey({ datasourceId: id, subject: JANE });
    await replica.obtain(jane, bareSettingsOf(), provider.grant());
  });

  const row = async (key: CredentialKey) =>
    (await replica.credentials.read(key))!;
  const take = async (key: CredentialKey) => {
    const copy = await replica.memory.get('crm', key.subject);
    return (await replica.broker.getToken(copy)).payload.accessToken;
  };
  const expire = async (key: CredentialKey) => {
    await knex('credentials')
      .where({ subject: key.subject })
      .decrement('expires_at', 2 * HOUR)
      .decrement('obtained_at', 2 * HOUR)
      .decrement('refresh_due_at', 2 * HOUR);
    replica.memory.drop(key);
  };

  it('threats 37: have separate rows, copies in memory and tokens', async () => {
    const [shared, hers] = [await take(service), await take(jane)];
    expect(shared).not.toBe(hers);
    expect([await take(service), await take(jane)]).toEqual([shared, hers]);
    expect((await row(service)).credentialId).not.toBe(
      (await row(jane)).credentialId,
    );
  });

  it("threats 37, 42: two people never get each other's token", async () => {
    const joe = new CredentialKey({ ...jane, subject: 'user:default/joe' });
    await replica.obtain(joe, bareSettingsOf(), provider.grant());
    const [hers, his] = [await take(jane), await take(joe)];
    expect(hers).not.toBe(his);
    expect(await Promise.all([take(joe), take(jane)])).toEqual([his, hers]);
    await expire(jane);
    await expire(joe);
    const renewed = await Promise.all([take(jane), take(joe)]);
    expect(new Set([hers, his, ...renewed]).size).toBe(4);
    for (const [index, key] of [jane, joe].entries()) {
      expect(replica.open(await row(key)).accessToken).toBe(renewed[index]);
    }
  });

  it('threats 37: are refreshed separately, even at the same time', async () => {
    await expire(service);
    await expire(jane);
    const tokens = await Promise.all([take(service), take(jane)]);
    expect(new Set(tokens).size).toBe(2);
    expect(provider).toMatchObject({ rotations: 2, reuses: 0 });
    for (const [index, key] of [service, jane].entries()) {
      expect(replica.open(await row(key)).accessToken).toBe(tokens[index]);
    }
  });

  it.each(['intent', 'send', 'response', 'commit', 'committed'] as const)(
    "threats 44: while a person's refresh stops at %s, everyone else gets their own token",
    async moment => {
      const joe = new CredentialKey({ ...jane, subject: 'user:default/joe' });
      await replica.obtain(joe, bareSettingsOf(), provider.grant());
      for (const key of [service, jane, joe]) await expire(key);
      const stop = replica.stopAt(moment);
      const hers = take(jane);
      await stop.arrived;
      const [his, shared] = await Promise.all([take(joe), take(service)]);
      expect(replica.open(await row(joe)).accessToken).toBe(his);
      expect(replica.open(await row(service)).accessToken).toBe(shared);
      stop.go();
      expect(new Set([await hers, his, shared]).size).toBe(3);
      expect(replica.open(await row(jane)).accessToken).toBe(await hers);
      expect(await Promise.all([take(joe), take(jane), take(service)])).toEqual(
        [his, await hers, shared],
      );
      expect(provider.reuses).toBe(0);
    },
  );

  it('threats 44: 2,000 calls at once, between refreshes and disconnects, never mix people up', async () => {
    const names = ['jane', 'joe', 'ann', 'bob'];
    const keys = names.map(
      name => new CredentialKey({ ...jane, subject: `user:default/${name}` }),
    );
    for (const key of keys.slice(1)) {
      await replica.obtain(key, bareSettingsOf(), provider.grant());
    }
    const owners = new Map<string, string>();
    for (let round = 0; round < 20; round += 1) {
      const changed = keys[round % keys.length];
      const calls = Array.from({ length: 100 }, async (_, index) => {
        const key = keys[index % keys.length];
        const token = await take(key);
        expect([token, owners.get(token) ?? key.text]).toEqual([
          token,
          key.text,
        ]);
        owners.set(token, key.text);
      });
      await expire(changed);
      replica.feed.tell(round % 5 ? changed : { datasourceId: id });
      await Promise.all(calls);
    }
    expect(new Set(owners.values()).size).toBe(keys.length);
    expect(provider.reuses).toBe(0);
  });

  it("threats 37: a statement about one subject doesn't change the other", async () => {
    const { credentials } = replica;
    const { leases } = credentials;
    const { binding } = await row(jane);
    const purpose = { binding, requested: 'changed' };
    const error = { code: 'c', title: 'Refused', at: 1, attempts: 1 };
    const tokens = { sealed: 's', hasRefreshToken: true, age: 0 };
    const tombstone = { credentialId: randomUUID(), binding };
    const statements: Record<string, (hers: CredentialRow) => unknown> = {
      take: hers => leases.take(hers, 'a'),
      release: hers => leases.release(hers, { epoch: hers.leaseEpoch }),
      recordFailure: hers =>
        leases.recordFailure(
          hers,
          { epoch: hers.leaseEpoch },
          { error, backOff: 1, presentedGeneration: null },
        ),
      noteRejection: hers => credentials.noteRejection(hers, error),
      forgetRejection: hers => credentials.forgetRejection(hers, error),
      storeTokens: hers =>
        credentials.storeTokens(hers, randomUUID(), tokens, []),
      restore: hers =>
        credentials.restore(hers, hers.generation + 1, undefined, tokens, []),
      refuse: hers => credentials.refuse(hers, 'invalid_grant', error),
      storeSpare: ({ key, credentialId }) =>
        credentials.storeSpare(key, credentialId, 'spare'),
      promoteSpare: hers =>
        credentials.promoteSpare(hers, 'sealed', { apiOrigins: [] }),
      retry: hers => credentials.retry(hers),
      startOver: hers => credentials.startOver(hers, purpose),
      insertEmpty: ({ key, credentialId }) =>
        credentials.insertEmpty(key, { credentialId, ...purpose }),
      markVerified: hers => credentials.markVerified(hers),
      noteVerified: ({ key }) => credentials.noteVerified(key, 1, knex),
      markUsed: ({ key }) => credentials.markUsed([key]),
      removeDisconnected: () => credentials.removeDisconnected(0),
      clear: ({ key }) =>
        credentials.clear(key, { ...tombstone, reason: 'cleared' }, knex),
      clearPersonal: ({ key }) =>
        credentials.clearPersonal(
          [key],
          { ...tombstone, reason: 'cleared' },
          knex,
        ),
      replace: ({ key, credentialId }) =>
        credentials.replace(
          key,
          { credentialId, ...purpose, tokens, apiOrigins: [] },
          knex,
        ),
      storeGrant: hers =>
        credentials.storeGrant(hers.key, hers, {
          ...{ credentialId: randomUUID(), ...purpose, tokens },
          apiOrigins: [],
        }),
    };
    const reads = [
      ...['read', 'readMany', 'listDue'],
      ...['readOwn', 'isAccountTaken'],
      ...['countPersonal', 'listPersonal', 'listUnused', 'listExpiring'],
      'lockPersonal',
    ];
    const methods = [CredentialStore, CredentialLeases].flatMap(
      ({ prototype }) => Object.getOwnPropertyNames(prototype).slice(1),
    );
    expect([...Object.keys(statements), ...reads].sort()).toEqual(
      methods.sort(),
    );
    const { readAt: _, ...before } = await row(service);
    for (const [name, run] of Object.entries(statements)) {
      await run(await row(jane));
      expect({ name, ...(await row(service)) }).toMatchObject({
        name,
        ...before,
      });
    }
    const many = await credentials.readMany([id], JANE);
    expect([...many.values()].map(({ key }) => key)).toEqual([jane]);
  });

  it('threats 37: a change of one subject drops only its copy, a change of the datasource both', async () => {
    const copies = () =>
      [service, jane].map(
        ({ subject }) => replica.memory.peek('crm', subject) !== undefined,
      );
    await take(service);
    await take(jane);
    replica.feed.tell(jane);
    expect(copies()).toEqual([true, false]);
    await take(jane);
    replica.feed.tell({ datasourceId: id });
    expect(copies()).toEqual([false, false]);
  });

  it("threats 16, 42: a row that is given to another person or datasource, or to all plugins, can't be decrypted", async () => {
    const other = await replica.save(provider.grant(), { name: 'other' });
    const { credentialId } = await row(jane);
    const moveTo = async ({ datasourceId, subject }: CredentialKey) => {
      const target = { datasource_id: datasourceId, subject };
      await knex('credentials')
        .where(target)
        .whereNot({ credential_id: credentialId })
        .delete();
      await knex('credentials')
        .where({ credential_id: credentialId })
        .update(target);
    };
    const opening = (moved: CredentialRow) => () => replica.open(moved);
    const joe = new CredentialKey({ ...jane, subject: 'user:default/joe' });
    const elsewhere = new CredentialKey({ ...jane, datasourceId: other });
    for (const key of [joe, elsewhere, service]) {
      await moveTo(key);
      const moved = await row(key);
      expect(moved.credentialId).toBe(credentialId);
      expect(opening(moved)).toThrow(UnreadableError);
      await moveTo(jane);
      expect(replica.open(await row(jane)).accessToken).toBeTruthy();
    }
  });

  it("a person's refresh and its failure are neither in the timeline nor in the warnings", async () => {
    await expire(jane);
    await take(jane);
    await expire(jane);
    provider.script.push(async () => {
      throw failure('refused', 'invalid_grant');
    });
    await expect(take(jane)).rejects.toMatchObject({ statusCode: 409 });
    expect((await row(jane)).state).toBe('refused');
    expect(await knex('activity')).toEqual([]);
    expect(replica.logger.warn).not.toHaveBeenCalled();
    await expire(service);
    await take(service);
    await replica.broker.drain();
    expect(await knex('activity').pluck('kind')).toEqual(['refreshed']);
  });

  it('threats 43: are handed out and refreshed only where the settings provide for them', async () => {
    const subjects = async (value: string) => {
      await replica.change(id, { settings: { subjects: value } });
    };
    await subjects('both');
    const tokens = [await take(service), await take(jane)];
    await subjects('user');
    await expect(take(service)).rejects.toMatchObject({ statusCode: 409 });
    expect(await take(jane)).toBe(tokens[1]);
    await subjects('service');
    await expect(take(jane)).rejects.toMatchObject({ statusCode: 409 });
    expect(await take(service)).toBe(tokens[0]);
    await subjects('user');
    await expire(service);
    await replica.sweeper.sweep();
    expect((await row(service)).generation).toBe(1);
  });

  it('N10: only the shared one is refreshed in the background, and each when it is used', async () => {
    await expire(jane);
    await expire(service);
    expect(
      (await replica.credentials.listDue(10)).map(({ key }) => key),
    ).toEqual([service]);
    await replica.sweeper.sweep();
    expect((await row(service)).generation).toBe(2);
    expect((await row(jane)).generation).toBe(1);
    await take(jane);
    expect((await row(jane)).generation).toBe(2);
  });
});
