import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** The scaffolder records its own migrations in the same database, under knex's default name. */
const MIGRATIONS = {
  directory: resolvePackagePath(
    'backstage-plugin-scaffolder-backend-module-datasource-auth',
    'migrations',
  ),
  tableName: 'datasource_auth_migrations',
};

/** Opens the scaffolder's database and updates the tables of this module. Replicas that start together take turns. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) await migrate(knex);
  return knex;
}

async function migrate(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    await knex.migrate.latest(MIGRATIONS);
    return;
  }
  await knex.transaction(async trx => {
    // knex's own lock refuses the second process, and stays when its owner is killed.
    await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [
      MIGRATIONS.tableName,
    ]);
    await trx.migrate.latest(MIGRATIONS);
  });
}
