import { Knex } from 'knex';
import { isPostgres } from '../database/database';

/** A query, as knex reports it. */
export interface AskedQuery {
  sql: string;
  bindings: Knex.RawBinding[];
}

/** Returns the database's query plan. It would read a table this small as a whole if it could choose. */
export async function planOf(
  knex: Knex,
  { sql, bindings }: AskedQuery,
): Promise<string> {
  const query = sql.replace(/\$\d+/g, '?');
  if (!isPostgres(knex)) {
    return JSON.stringify(
      await knex.raw(`explain query plan ${query}`, bindings),
    );
  }
  return knex.transaction(async trx => {
    await trx.raw('set local enable_seqscan = off');
    const { rows } = await trx.raw(`explain ${query}`, bindings);
    return JSON.stringify(rows);
  });
}
