import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';

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
