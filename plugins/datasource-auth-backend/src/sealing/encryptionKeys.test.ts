import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { checkEncryptionKeys } from './encryptionKeys';
import { Sealer } from './Sealer';

jest.setTimeout(60_000);

const RIGHT = 'the-right-secret-of-more-than-32-bytes';
const WRONG = 'the-wrong-secret-of-more-than-32-bytes';

describe.each(databaseIds())('checkEncryptionKeys on %s', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
  });

  const start = (...keys: Array<[string, string]>) =>
    checkEncryptionKeys({
      knex,
      sealer: Sealer.create({
        keys: keys.map(([id, secret]) => ({ id, secret })),
      }),
    });

  it('starts repeatedly with the same keys, in any order', async () => {
    await start(['k1', RIGHT]);
    await start(['k1', RIGHT]);
    await start(['k2', WRONG], ['k1', RIGHT]);
    await start(['k1', RIGHT], ['k2', WRONG]);
    expect(await knex('encryption_keys').pluck('kid')).toHaveLength(2);
  });

  it('rejects another secret under a known key ID, and says what to do', async () => {
    await start(['k1', RIGHT]);
    await expect(start(['k1', WRONG])).rejects.toThrow(
      "The secret of encryption key 'k1' isn't the one that encrypted this database. Restore the earlier secret, or add the new one under another ID.",
    );
    await expect(start(['k2', WRONG], ['k1', WRONG])).rejects.toThrow(/'k1'/);
  });

  it("threats 17: doesn't let a replica with a mistyped secret decide while a key is rolled out as a reader", async () => {
    await start(['k1', RIGHT]);
    await start(['k1', RIGHT], ['k2', WRONG]);
    await start(['k1', RIGHT], ['k2', RIGHT]);
    await start(['k2', RIGHT], ['k1', RIGHT]);
    await expect(start(['k1', RIGHT], ['k2', WRONG])).rejects.toThrow(/'k2'/);
  });

  it("threats 17: doesn't overwrite known keys", async () => {
    await start(['k1', RIGHT]);
    const before = await knex('encryption_keys').select();
    await expect(start(['k1', WRONG])).rejects.toThrow();
    expect(await knex('encryption_keys').select()).toEqual(before);
  });

  it('starts only one of two replicas with different secrets at the same time', async () => {
    const outcomes = await Promise.allSettled([
      start(['k1', RIGHT]),
      start(['k1', WRONG]),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('stores nothing from which a secret or a key could be derived', async () => {
    await start(['k1', RIGHT]);
    const dump = JSON.stringify(await knex('encryption_keys').select());
    expect(dump).not.toContain(RIGHT);
    expect(dump).not.toContain(Buffer.from(RIGHT).toString('base64'));
  });
});
