import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { openDatabase } from '../database/database';

/** Every database we support; PostgreSQL where one is at hand. */
export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

/** Ids for `describe.each`. A run that promised PostgreSQL and does not have it fails here, not silently. */
export function databaseIds(): TestDatabaseId[] {
  const ids = databases.eachSupportedId().map(([id]) => id);
  if (process.env.REQUIRE_POSTGRES && !ids.includes('POSTGRES_18')) {
    throw new Error('This run has to test on PostgreSQL, but has none');
  }
  return ids;
}

/** A database of its own with our schema in it. */
export async function migratedDatabase(
  databaseId: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(databaseId);
  return openDatabase(mockServices.database({ knex }));
}

/** Empties a database between tests: making one for each takes its time. */
export async function emptyDatabase(knex: Knex): Promise<void> {
  for (const table of ['credentials', 'datasources', 'activity']) {
    await knex(table).delete();
  }
}
