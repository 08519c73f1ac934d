import { Knex } from 'knex';

/** Resolves when a change feed has looked so many times at everything that was written before the call. */
export async function polled(knex: Knex, times = 1): Promise<void> {
  let begun = 0;
  await new Promise<void>(resolve => {
    const count = ({ sql }: { sql: string }) => {
      if (sql.includes('union all')) begun += 1;
      // A query that begins from now on has been read to its end when the next one begins.
      if (begun <= times) return;
      knex.off('query', count);
      resolve();
    };
    knex.on('query', count);
  });
}
