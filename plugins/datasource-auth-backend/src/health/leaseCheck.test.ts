import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { CredentialLeases } from '../credentials/CredentialLeases';
import { leaseCheck } from './leaseCheck';

jest.setTimeout(60_000);

describe.each(databaseIds())('leaseCheck on %s', databaseId => {
  const logger = mockServices.logger.mock();
  let knex: Knex;
  const check = () => leaseCheck({ knex, logger });

  beforeAll(async () => {
    knex = await migratedDatabase(databaseId);
  });

  afterEach(() => jest.restoreAllMocks());

  it('is content with a database that gives a lease once, and leaves nothing behind', async () => {
    expect(await check()).toEqual({
      id: 'lease',
      state: 'ok',
      title: 'The database lets one replica at a time renew a credential',
    });
    expect(await knex('datasources').select()).toEqual([]);
    expect(await knex('credentials').select()).toEqual([]);
  });

  it('is not where a lease is given twice', async () => {
    jest
      .spyOn(CredentialLeases.prototype, 'take')
      .mockResolvedValue({ epoch: 1 });
    expect(await check()).toMatchObject({ state: 'problem' });
    expect(await knex('datasources').select()).toEqual([]);
  });

  it('is not where the database cannot be written to, and the log says why', async () => {
    await knex.schema.renameTable('credentials', 'gone');
    try {
      expect(await check()).toMatchObject({
        state: 'problem',
        remedy: expect.stringContaining('read-only'),
      });
    } finally {
      await knex.schema.renameTable('gone', 'credentials');
    }
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^The database couldn't store a lease\. .*credentials/,
      ),
    );
  });
});
