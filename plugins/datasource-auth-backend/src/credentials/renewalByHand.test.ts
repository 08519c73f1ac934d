import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { failure, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';

const HOUR = 3_600_000;
const JANE = 'user:default/jane';

describe.each(databaseIds())('a manual refresh on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let replica: TestReplica;
  let id: string;

  beforeEach(async () => {
    ({ knex, provider, replica } = await setUpReplica(databaseId));
    id = await replica.save(provider.grant());
    await replica.age(id, HOUR);
  });

  const noted = async (need: { person?: boolean; by?: string }) => {
    await replica.take('crm', need).catch(() => {});
    await replica.broker.drain();
    return knex('activity').select('kind', 'actor');
  };

  it('is recorded with its user', async () => {
    expect(await noted({ person: true, by: JANE })).toEqual([
      { kind: 'refreshed', actor: JANE },
    ]);
  });

  it.each([
    ['refresh_failed', failure('answered', 'invalid_client')],
    ['refused', failure('refused', 'invalid_grant')],
  ])('is recorded with its user when it ends as %s', async (kind, error) => {
    provider.script.push(() => {
      throw error;
    });
    expect(await noted({ person: true, by: JANE })).toEqual([
      { kind, actor: JANE },
    ]);
  });

  it("isn't recorded for background refreshes", async () => {
    expect(await noted({})).toEqual([{ kind: 'refreshed', actor: null }]);
  });
});
