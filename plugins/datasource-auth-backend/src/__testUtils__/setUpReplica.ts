import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { emptyDatabase, migratedDatabase } from './databases';
import { ScriptedProvider } from './ScriptedProvider';
import { TestReplica } from './TestReplica';

const migrated = new Map<TestDatabaseId, Promise<Knex>>();

/** Sets up an empty database, a provider and a replica for one test. A test file migrates each database only once. */
export async function setUpReplica(databaseId: TestDatabaseId) {
  const made = migrated.get(databaseId) ?? migratedDatabase(databaseId);
  migrated.set(databaseId, made);
  const knex = await made;
  await emptyDatabase(knex);
  const provider = new ScriptedProvider();
  const replica = new TestReplica({ knex, client: provider.client });
  return { knex, provider, replica };
}
