import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { databaseNow } from '../database/database';

const ROW = 'callback';

/**
 * Keeps a copied database from using up the original's refresh tokens. The database stores the callback URL it was
 * started under. Under another one, its credentials aren't used until an administrator adopts them.
 */
export class Quarantine {
  readonly #active: boolean;

  static async create(options: {
    knex: Knex;
    callbackUrl: string;
    adopt?: string;
    logger: LoggerService;
  }): Promise<Quarantine> {
    const { knex, callbackUrl, adopt, logger } = options;
    const now = databaseNow(knex);
    await knex('instance')
      .insert({ id: ROW, callback_url: callbackUrl, updated_at: now })
      .onConflict('id')
      .ignore();
    const row = await knex('instance').where({ id: ROW }).first();
    if (row.callback_url === callbackUrl) return new Quarantine(false);
    if (adopt === callbackUrl) {
      await knex('instance')
        .where({ id: ROW })
        .update({ callback_url: callbackUrl, updated_at: now });
      logger.info(
        `Adopted the credentials of ${row.callback_url} under ${callbackUrl}`,
      );
      return new Quarantine(false);
    }
    logger.error(
      `This database was last used under ${row.callback_url}, and now under ${callbackUrl}, so its credentials are not used. If it is a copy, keep it that way: refreshing its tokens would end those of the original. If the installation moved, set datasourceAuth.adoptCredentials to ${callbackUrl}.`,
    );
    return new Quarantine(true);
  }

  private constructor(active: boolean) {
    this.#active = active;
  }

  /** Whether credentials must not be used. */
  get active(): boolean {
    return this.#active;
  }
}
