import { Knex } from 'knex';
import { databaseNow } from '../database';
import { Sealer } from './Sealer';

/**
 * Compares the configured keys with the ones this database has seen, and remembers new ones. A known key id with another
 * secret is refused: sealing with it would split the data over two keys of one name.
 */
export async function checkEncryptionKeys(options: {
  knex: Knex;
  sealer: Sealer;
}): Promise<void> {
  const { knex, sealer } = options;
  for (const { kid, checkValue } of sealer.checkValues()) {
    const known = await knex('encryption_keys').where({ kid }).first();
    if (!known) {
      await knex('encryption_keys')
        .insert({
          kid,
          check_value: checkValue,
          created_at: databaseNow(knex),
        })
        .onConflict('kid')
        .ignore();
    } else if (known.check_value !== checkValue) {
      throw new Error(
        `The secret of encryption key '${kid}' is not the one this database was sealed with. Restore the earlier secret, or add the new one under another id.`,
      );
    }
  }
}
