import { Knex } from 'knex';
import { databaseNow } from '../database/database';
import { Sealer } from './Sealer';

/**
 * Compares the configured keys with those this database was sealed with, and stores a new one when it becomes active.
 * Refuses a known key id with another secret, because sealing with it would split the data over two keys of one name.
 *
 * A key that only opens isn't stored. It is rolled out before it seals, and the first replica to have it, perhaps with
 * a mistyped secret, must not decide for the others.
 */
export async function checkEncryptionKeys(options: {
  knex: Knex;
  sealer: Sealer;
}): Promise<void> {
  const { knex, sealer } = options;
  for (const { kid, checkValue } of sealer.checkValues()) {
    if (kid === sealer.activeKeyId) {
      await knex('encryption_keys')
        .insert({
          kid,
          check_value: checkValue,
          created_at: databaseNow(knex),
        })
        .onConflict('kid')
        .ignore();
    }
    // Read after the insert: if two replicas start at once with different secrets, one sees the other's.
    const known = await knex('encryption_keys').where({ kid }).first();
    if (known && known.check_value !== checkValue) {
      throw new Error(
        `The secret of encryption key '${kid}' isn't the one that encrypted this database. Restore the earlier secret, or add the new one under another ID.`,
      );
    }
  }
}
