import {
  BackstageCredentials,
  BackstageUserPrincipal,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  DatasourceAuthService,
  DatasourceConnectionError,
} from 'backstage-plugin-datasource-auth-node';
import { Knex } from 'knex';

const TABLE = 'nightly_runs';

/** A call asks for it with the same words each time. */
const ASKED = {
  purpose: 'Count your things every night',
  context: { task: 'nightly' },
};

/** What a user sees of their nightly run. */
export interface NightlyRun {
  /** Epoch milliseconds. Absent before the first run. */
  lastRunAt?: number;
  /** How many things there were. */
  things?: number;
  /** Why the last run failed. */
  error?: string;
}

interface Row {
  user_ref: string;
  datasource: string;
  /** Secret: it acts as the user. */
  delegation: string;
  last_run_at: number | string | null;
  things: number | null;
  error: string | null;
}

/** Counts the things of each user who agreed, every night, as that user. The user isn't there then. */
export class NightlyRuns {
  readonly #knex: Knex;
  readonly #tokens: DatasourceAuthService;
  readonly #logger: LoggerService;

  static async create(options: {
    database: DatabaseService;
    tokens: DatasourceAuthService;
    logger: LoggerService;
  }): Promise<NightlyRuns> {
    const knex = await options.database.getClient();
    // An example with one table. Use migrations in your plugin.
    if (!(await knex.schema.hasTable(TABLE))) {
      await knex.schema.createTable(TABLE, table => {
        table.string('user_ref').notNullable();
        table.string('datasource').notNullable();
        table.string('delegation').notNullable();
        table.bigInteger('last_run_at');
        table.integer('things');
        table.text('error');
        table.primary(['user_ref', 'datasource']);
      });
    }
    return new NightlyRuns(knex, options);
  }

  private constructor(
    knex: Knex,
    options: { tokens: DatasourceAuthService; logger: LoggerService },
  ) {
    this.#knex = knex;
    this.#tokens = options.tokens;
    this.#logger = options.logger;
  }

  /**
   * Starts the runs for a user, once they agreed.
   *
   * @throws DatasourceConnectionError with the page where they agree
   */
  async start(
    datasource: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
    options: { askAgain?: boolean } = {},
  ): Promise<void> {
    const delegation = await this.#tokens.delegate({
      ...{ datasource, credentials },
      ...ASKED,
      ...options,
    });
    await this.#knex(TABLE)
      .insert({
        ...{ user_ref: credentials.principal.userEntityRef, datasource },
        delegation,
      })
      .onConflict(['user_ref', 'datasource'])
      .merge();
  }

  /** Returns the run of a user, which starts here if they agreed meanwhile. Undefined if there is none. */
  async find(
    datasource: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<NightlyRun | undefined> {
    const { userEntityRef } = credentials.principal;
    const find = () =>
      this.#knex<Row>(TABLE)
        .where({ user_ref: userEntityRef, datasource })
        .first();
    let row = await find();
    if (!row) {
      try {
        await this.start(datasource, credentials, { askAgain: false });
      } catch (error) {
        if (error instanceof DatasourceConnectionError) return undefined;
        throw error;
      }
      row = await find();
    }
    return (
      row && {
        lastRunAt: row.last_run_at ? Number(row.last_run_at) : undefined,
        things: row.things ?? undefined,
        error: row.error ?? undefined,
      }
    );
  }

  /** Runs for all users, as each of them. One that fails doesn't stop the others. */
  async runAll(signal?: AbortSignal): Promise<void> {
    for (const row of await this.#knex<Row>(TABLE).select()) {
      await this.#run(row, signal);
    }
  }

  async #run(
    { user_ref, datasource, delegation }: Row,
    signal?: AbortSignal,
  ): Promise<void> {
    const row = this.#knex(TABLE).where({ user_ref, datasource, delegation });
    try {
      const response = await this.#tokens.fetch(
        { datasource, delegation, context: ASKED.context, signal },
        '/things/mine',
      );
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { things } = await response.json();
      await row.update({
        ...{ last_run_at: Date.now(), things: things.length },
        error: null,
      });
    } catch (error) {
      const { code, message } = error as DatasourceConnectionError;
      if (code === 'delegation_ended') {
        // The user took it back, or its time is over. They can agree again.
        await row.delete();
        return;
      }
      this.#logger.warn(`A nightly run failed: ${message}`);
      await row.update({ last_run_at: Date.now(), error: message });
    }
  }
}
