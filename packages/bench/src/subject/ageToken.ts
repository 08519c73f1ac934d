import { Knex } from 'knex';

const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** Where in its life the token of a datasource is put. Milliseconds from now. */
interface Moment {
  expiresIn: number;
  /** Left out: nobody renews it ahead. */
  dueIn?: number;
}

/**
 * Makes a token older than it is, as if it had been obtained an hour ago, and tells all replicas that it changed. On
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
