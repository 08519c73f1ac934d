import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { bareSettingsOf } from '../__testUtils__/settings';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLeases } from './CredentialLeases';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const JANE = 'user:default/jane';

describe.each(databaseIds())('two subjects on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let id: string;
  let service: CredentialKey;
  let jane: CredentialKey;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    id = await replica.save(provider.grant());
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
      markUsed: ({ key }) => credentials.markUsed([key]),
      clear: ({ key }) =>
        credentials.clear(key, { ...tombstone, reason: 'cleared' }, knex),
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
    const reads = ['read', 'readMany', 'listDue'];
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

  it('are due separately', async () => {
    await expire(jane);
    expect(
      (await replica.credentials.listDue(10)).map(({ key }) => key),
    ).toEqual([jane]);
    await replica.sweeper.sweep();
    expect((await row(jane)).generation).toBe(2);
    expect((await row(service)).generation).toBe(1);
  });
});
