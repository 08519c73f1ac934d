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

  it('accepts a database that grants a lease once, and leaves nothing behind', async () => {
    expect(await check()).toMatchObject({
      id: 'lease',
      state: 'ok',
      title: 'The database lets one replica at a time refresh a credential',
    });
    expect(await knex('datasources').select()).toEqual([]);
    expect(await knex('credentials').select()).toEqual([]);
  });

  it('reports a lease that is granted twice', async () => {
    jest
      .spyOn(CredentialLeases.prototype, 'take')
      .mockResolvedValue({ epoch: 1 });
    expect(await check()).toMatchObject({ state: 'problem' });
    expect(await knex('datasources').select()).toEqual([]);
  });

  it("reports a database that can't be written to, and logs why", async () => {
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
