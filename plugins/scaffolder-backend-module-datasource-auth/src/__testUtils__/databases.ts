import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { TaskDelegations } from '../delegations/TaskDelegations';

/** All supported databases; PostgreSQL only if there is one. */
export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

/** Ids for `describe.each`. A run that requires PostgreSQL but has none fails here. */
export function databaseIds(): TestDatabaseId[] {
  const ids = databases.eachSupportedId().map(([id]) => id);
  if (process.env.REQUIRE_POSTGRES && !ids.includes('POSTGRES_18')) {
    throw new Error('This run requires PostgreSQL, but there is none');
  }
  return ids;
}

/** Stores delegations in a new database. */
export async function createTaskDelegations(): Promise<TaskDelegations> {
  const knex = await databases.init('SQLITE_3');
  return TaskDelegations.create({ database: mockServices.database({ knex }) });
}
