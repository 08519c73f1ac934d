import { Knex } from 'knex';

/** Resolves when a change feed has polled this many times after everything that was written before the call. */
export async function polled(knex: Knex, times = 1): Promise<void> {
  let begun = 0;
  await new Promise<void>(resolve => {
    const count = ({ sql }: { sql: string }) => {
      if (sql.includes('union all')) begun += 1;
      // A query that starts from now on has been read completely when the next one starts.
      if (begun <= times) return;
      knex.off('query', count);
      resolve();
    };
    knex.on('query', count);
  });
}
