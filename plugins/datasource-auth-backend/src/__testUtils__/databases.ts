import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { openDatabase } from '../database/database';

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

/** Creates a database with our schema. */
export async function migratedDatabase(
  databaseId: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(databaseId);
  return openDatabase(mockServices.database({ knex }));
}

/** Empties a database between tests, because creating one for each is slow. */
export async function emptyDatabase(knex: Knex): Promise<void> {
  for (const table of ['credentials', 'datasources', 'activity']) {
    await knex(table).delete();
  }
}
