import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import {
  databaseNowOnce,
  databaseNowPlus,
  statementStartPlus,
  readDatabaseClock,
} from '../database/database';
import { ProviderClient } from '../oauth/ProviderClient';
import { Sealer } from '../sealing/Sealer';
import { ProviderContext } from '../settings/ResolvedSettings';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Longer than an outage of a provider. Milliseconds. */
const GIVE_UP_AFTER = 7 * 24 * HOUR;
const FIRST_RETRY = MINUTE;
const LONGEST_RETRY = 6 * HOUR;
const JITTER = 0.2;
/** Rows that are read or written at once. */
const BATCH = 100;

/** Tokens that ended, and what the call to revoke them needs: the settings may be changed or deleted by then. */
export interface EndedTokens {
  datasourceId: string;
  context: ProviderContext;
  tokens: { refreshToken?: string; accessToken?: string };
}

/** Revocations that the provider did not confirm in time. */
export interface AbandonedRevocations {
  datasourceId: string;
  /** Name of the datasource, which may be deleted. */
  name: string;
  count: number;
}

interface DbRevocationRow {
  id: string;
  datasource_id: string;
  name: string;
  sealed: string;
  attempts: number;
}

/**
 * Revokes ended tokens at their provider (RFC 7009), however long it is down: tokens are stored in the transaction that
 * ends them. A task retries for a week, less and less often. After that, the failure is reported.
 *
 * A row doesn't say whose the tokens were. Its settings are sealed with the tokens, so that writing to the database
 * can't send tokens anywhere else. Revoking twice does no harm, so no row is locked.
 */
export class Revocations {
  readonly #knex: Knex;
  readonly #sealer: Sealer;
  readonly #client: ProviderClient;
  readonly #logger: LoggerService;
  readonly #isQuarantined: () => boolean;
  readonly #onAbandoned: (abandoned: AbandonedRevocations) => Promise<void>;

  constructor(options: {
    knex: Knex;
    sealer: Sealer;
    client: ProviderClient;
    logger: LoggerService;
    /** Whether the credentials may belong to another installation. */
    isQuarantined?: () => boolean;
    /** Called once for each datasource whose tokens will not be revoked. */
    onAbandoned: (abandoned: AbandonedRevocations) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#sealer = options.sealer;
    this.#client = options.client;
    this.#logger = options.logger;
    this.#isQuarantined = options.isQuarantined ?? (() => false);
    this.#onAbandoned = options.onAbandoned;
  }

  /**
   * Stores tokens to revoke, in the transaction that ends them. Nothing of a datasource without a revocation URL. In a
   * copied database, a revocation would end the original's grant.
   *
   * @returns the ids for {@link Revocations.attempt}
   */
  async add(ended: EndedTokens[], knex: Knex = this.#knex): Promise<string[]> {
    if (ended.length === 0) return [];
    const [{ context }] = ended;
    if (this.#isQuarantined() || !context.auth.revoke?.url) {
      this.#logger.warn(
        `The tokens of ${ended.length} ended credentials of datasource '${
          context.name
        }' are not revoked. Revoke them at the provider. ${
          this.#isQuarantined()
            ? 'This database was last used with another callback URL, where they may still be in use.'
            : 'The datasource has no revocation URL.'
        }`,
      );
      return [];
    }
    const rows = ended.map(({ datasourceId, ...content }) => {
      const id = randomUUID();
      return {
        id,
        datasource_id: datasourceId,
        name: content.context.name,
        sealed: this.#sealer.seal(
          JSON.stringify(content),
          revocationPlace({ id, datasource_id: datasourceId }),
        ),
        attempts: 0,
        // The first attempt follows the transaction, and may be another process's.
        next_attempt_at: statementStartPlus(knex, FIRST_RETRY),
        created_at: statementStartPlus(knex, 0),
      };
    });
    for (let from = 0; from < rows.length; from += BATCH) {
      await knex('revocations').insert(rows.slice(from, from + BATCH));
    }
    return rows.map(({ id }) => id);
  }

  /**
   * Tries once, after the transaction. The task retries what fails.
   *
   * @returns whether there were tokens, and the provider confirmed all
   */
  async attempt(ids: string[]): Promise<boolean> {
    const rows: DbRevocationRow[] = await this.#knex('revocations').whereIn(
      'id',
      ids,
    );
    const confirmed = [];
    for (const row of rows) confirmed.push(await this.#try(row));
    return confirmed.length > 0 && confirmed.every(Boolean);
  }

  /** Revokes what is due. After a failure, the datasource waits for the next run: its provider may be down. */
  async run(signal?: AbortSignal): Promise<void> {
    if (this.#isQuarantined()) return;
    await this.#abandon();
    const failed = new Set<string>();
    while (!signal?.aborted) {
      const rows = await this.#due([...failed]);
      if (rows.length === 0) return;
      for (const row of rows) {
        if (signal?.aborted) return;
        if (failed.has(row.datasource_id)) continue;
        if (!(await this.#try(row))) failed.add(row.datasource_id);
      }
    }
  }

  async #due(except: string[]): Promise<DbRevocationRow[]> {
    return this.#knex('revocations')
      .where('next_attempt_at', '<=', databaseNowOnce(this.#knex))
      .whereNotIn('datasource_id', except)
      .orderBy('next_attempt_at')
      .limit(BATCH);
  }

  async #try(row: DbRevocationRow): Promise<boolean> {
    try {
      const { context, tokens } = JSON.parse(
        this.#sealer.open(row.sealed, revocationPlace(row)),
      ) as Omit<EndedTokens, 'datasourceId'>;
      await this.#client.revoke(context, tokens);
    } catch (error) {
      await this.#postpone(row);
      this.#logger.warn(
        `The provider of datasource '${
          row.name
        }' did not confirm a revocation. Backstage retries for a week. ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
      return false;
    }
    await this.#knex('revocations').where({ id: row.id }).delete();
    return true;
  }

  async #postpone({ id, attempts }: DbRevocationRow): Promise<void> {
    const delay = Math.min(FIRST_RETRY * 2 ** attempts, LONGEST_RETRY);
    await this.#knex('revocations')
      .where({ id })
      .update({
        attempts: attempts + 1,
        next_attempt_at: databaseNowPlus(
          this.#knex,
          delay * (1 + JITTER * Math.random()),
        ),
      });
  }

  /** Reports what could not be revoked, then removes it: a process that ends in between reports again. */
  async #abandon(): Promise<void> {
    const before = (await readDatabaseClock(this.#knex)) - GIVE_UP_AFTER;
    const old = () =>
      this.#knex('revocations').where('created_at', '<', before);
    const groups: Record<string, unknown>[] = await old()
      .select('datasource_id', 'name')
      .count({ count: '*' })
      .groupBy('datasource_id', 'name');
    for (const { datasource_id: datasourceId, name, count } of groups) {
      this.#logger.error(
        `The provider of datasource '${name}' did not confirm the revocation of ${count} ended credentials within a week. Revoke them at the provider.`,
      );
      await this.#onAbandoned({
        datasourceId: String(datasourceId),
        name: String(name),
        count: Number(count),
      });
    }
    if (groups.length > 0) await old().delete();
  }
}

/** The place that the tokens of a row are encrypted for. */
export function revocationPlace(
  row: Pick<DbRevocationRow, 'id' | 'datasource_id'>,
) {
  return {
    table: 'revocations' as const,
    row: row.id,
    column: 'sealed',
    // The settings that it would bind to are sealed with the tokens.
    binding: '',
    owner: row.datasource_id,
  };
}
