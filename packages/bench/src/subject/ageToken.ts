import { Knex } from 'knex';

const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** Times to set for the token of a datasource. Milliseconds from now. */
interface Moment {
  expiresIn: number;
  /** If absent, nobody refreshes it in advance. */
  dueIn?: number;
}

/**
 * Makes a token look as if it had been obtained an hour ago, and notifies all replicas of the change. On
 * PostgreSQL.
 */
export async function ageToken(
  knex: Knex,
  datasource: string,
  { expiresIn, dueIn }: Moment,
): Promise<void> {
  const { rows } = await knex.raw(
    `update credentials set obtained_at = ${NOW} - 3600000, expires_at = ${NOW} + ?, refresh_due_at = ${NOW} + ?, changed_at = ${NOW}
     where datasource_id = (select id from datasources where name = ?)
     returning datasource_id, current_schema() as schema`,
    [expiresIn, dueIn ?? null, datasource] as Knex.RawBinding[],
  );
  await knex.raw('select pg_notify(?, ?)', [
    `datasource_auth_${rows[0].schema}`,
    rows[0].datasource_id,
  ]);
}
