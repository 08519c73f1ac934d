/** Returns the PostgreSQL that replicas share. Without one there is nothing to break, so these tests require it. */
export function postgresUrl(): string {
  const url = process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!url) {
    throw new Error(
      'Replicas need a PostgreSQL: start them with `make faults`, which brings one, or name a server in BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING.',
    );
  }
  return url;
}
