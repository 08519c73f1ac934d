import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { bindingOf } from '../settings/binding';
import { datasourcePlace } from '../datasources/Datasources';
import { delegationPlace } from '../sealing/delegationPlace';
import { SealedPlace, Sealer, UnreadableError } from '../sealing/Sealer';
import { keyOf } from './CredentialRow';

const BATCH = 100;

/** Progress of a key rotation. */
export interface ResealProgress {
  /** Sealed values that are not yet under the active key. */
  left: number;
}

/**
 * Re-encrypts everything sealed under an older key with the active one. Works row by row with compare-and-swap, so it
 * can stop and restart anywhere and never overwrites a refresh that ran meanwhile. Values for which this replica has no
 * key stay as they are.
 */
export class Reseal {
  readonly #knex: Knex;
  readonly #sealer: Sealer;
  readonly #logger: LoggerService;
  readonly #onMoved: (keyId: string, values: number) => Promise<void>;

  constructor(options: {
    knex: Knex;
    sealer: Sealer;
    logger: LoggerService;
    /** Called after values moved to a key. */
    onMoved?: (keyId: string, values: number) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#sealer = options.sealer;
    this.#logger = options.logger;
    this.#onMoved = options.onMoved ?? (async () => {});
  }

  async progress(): Promise<ResealProgress> {
    const counts = await Promise.all([
      this.#old('datasources', 'sealed').count({ left: '*' }),
      this.#old('credentials', 'sealed').count({ left: '*' }),
      this.#old('credentials', 'sealed_spare').count({ left: '*' }),
      this.#old('credentials', 'sealed_terms').count({ left: '*' }),
      this.#old('delegations', 'sealed').count({ left: '*' }),
    ]);
    return {
      left: counts.flat().reduce((sum, row: any) => sum + Number(row.left), 0),
    };
  }

  /** Runs one pass over everything. Returns how many values moved. */
  async run(signal?: AbortSignal): Promise<number> {
    let moved = 0;
    moved += await this.#each('datasources', 'sealed', ['id'], signal, row =>
      datasourcePlace(row.id, bindingOf(JSON.parse(row.settings))),
    );
    for (const column of ['sealed', 'sealed_spare', 'sealed_terms'] as const) {
      moved += await this.#each(
        'credentials',
        column,
        ['datasource_id', 'subject'],
        signal,
        row => ({
          table: 'credentials',
          row: row.credential_id,
          column,
          binding: row.binding,
          owner: `${row.datasource_id} ${row.subject}`,
        }),
      );
    }
    moved += await this.#each('delegations', 'sealed', ['id'], signal, row =>
      delegationPlace(row.id, keyOf(row)),
    );
    if (moved > 0) {
      this.#logger.info(
        `Encrypted ${moved} values again with key '${
          this.#sealer.activeKeyId
        }'`,
      );
      await this.#onMoved(this.#sealer.activeKeyId, moved);
    }
    return moved;
  }

  async #each(
    table: SealedPlace['table'],
    column: 'sealed' | 'sealed_spare' | 'sealed_terms',
    key: string[],
    signal: AbortSignal | undefined,
    placeOf: (row: any) => Parameters<Sealer['seal']>[1],
  ): Promise<number> {
    let moved = 0;
    let after: string[] | undefined;
    while (!signal?.aborted) {
      const query = this.#old(table, column).select().orderBy(key).limit(BATCH);
      if (after) {
        const marks = key.map(() => '?').join(', ');
        const columns = key.map(() => '??').join(', ');
        query.whereRaw(`(${columns}) > (${marks})`, [...key, ...after]);
      }
      const rows: any[] = await query;
      if (rows.length === 0) break;
      for (const row of rows) {
        after = key.map(name => row[name]);
        const sealed = this.#again(row[column], placeOf(row));
        if (sealed === undefined) continue;
        moved += await this.#knex(table)
          .where(Object.fromEntries(key.map(name => [name, row[name]])))
          .where({ [column]: row[column] })
          .update({ [column]: sealed });
      }
    }
    return moved;
  }

  #again(
    sealed: string,
    place: Parameters<Sealer['seal']>[1],
  ): string | undefined {
    try {
      return this.#sealer.seal(this.#sealer.open(sealed, place), place);
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }

  #old(table: string, column: string): Knex.QueryBuilder {
    return this.#knex(table)
      .whereNotNull(column)
      .whereNot(column, 'like', `v1.${this.#sealer.activeKeyId}.%`);
  }
}
