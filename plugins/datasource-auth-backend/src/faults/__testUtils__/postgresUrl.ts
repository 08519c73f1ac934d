/** Returns the URL of the PostgreSQL server that replicas share. These tests require one. */
export function postgresUrl(): string {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!url) {
    throw new Error(
      'Replicas need a PostgreSQL: start them with `make faults`, which provides one, or set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING.',
    );
  }
  return url;
}
