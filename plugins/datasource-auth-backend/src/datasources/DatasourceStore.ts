import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
  DatasourceState,
  GRANT_TYPES,
  GRANTS,
  message,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { databaseNow, statementStartPlus } from '../database/database';
import { stateOf } from '../settings/status';
import {
  contentColumns,
  DatasourceContent,
  DatasourceRecord,
  DbDatasourceRow,
  sortKeyOf,
  toRecord,
} from './DatasourceRecord';
import { DatasourceFilter, whereFilter } from './whereFilter';

/** Start of the next page of a list. */
export interface DatasourceCursor {
  attention: number;
  sortKey: string;
  id: string;
}

/** Sorts what needs attention most first. */
const RANKS = [3, 2, 1, 0];

const TABLE = 'datasources';

/** Grants that a person approves. */
const APPROVED_GRANTS = GRANT_TYPES.filter(
  grantType => GRANTS[grantType].approval === 'person',
);
/** Counting stops here: a list says "more than" and never scans a million rows. */
const COUNT_CAP = 1_000;

/** Stores datasources in the database. Settings have no secrets here, and encrypted values aren't decrypted. */
export class DatasourceStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async findByName(
    name: string,
    knex: Knex = this.#knex,
  ): Promise<DatasourceRecord | undefined> {
    if (!DATASOURCE_NAME_PATTERN.test(name)) return undefined;
    const row = await knex<DbDatasourceRow>(TABLE)
      .where({ name })
      .whereNull('withdrawn_at')
      .first();
    return row && toRecord(row);
  }

  async findById(
    id: string,
    knex: Knex = this.#knex,
  ): Promise<DatasourceRecord | undefined> {
    const row = await knex<DbDatasourceRow>(TABLE).where({ id }).first();
    return row && toRecord(row);
  }

  /** @throws {@link DatasourceAuthError} with code `name_taken` if the name is used */
  async insert(
    record: {
      id: string;
      name: string;
      source: 'database' | 'config';
      by?: string;
    } & DatasourceContent,
    knex: Knex = this.#knex,
  ): Promise<void> {
    try {
      await knex(TABLE).insert({
        id: record.id,
        name: record.name,
        declared_name: record.source === 'config' ? record.name : null,
        source: record.source,
        ...contentColumns(record, record.name),
        version: 1,
        changed_at: databaseNow(knex),
        created_at: statementStartPlus(knex, 0),
        created_by: record.by ?? null,
        updated_at: statementStartPlus(knex, 0),
        updated_by: record.by ?? null,
      });
    } catch (error) {
      if (isDatabaseConflictError(error)) throw nameTaken(record.name);
      throw error;
    }
  }

  /**
   * Replaces the settings unless they changed since `version`.
   *
   * @returns whether the row was still at that version
   */
  async update(
    id: string,
    version: number,
    content: DatasourceContent & { name: string; by?: string },
    knex: Knex = this.#knex,
  ): Promise<boolean> {
    const updated = await knex(TABLE)
      .where({ id, version })
      .update({
        ...contentColumns(content, content.name),
        version: version + 1,
        changed_at: databaseNow(knex),
        updated_at: databaseNow(knex),
        updated_by: content.by ?? null,
      });
    return updated === 1;
  }

  /** Keeps the last test if it failed, and forgets an earlier one. The settings and their version stay the same. */
  async noteFailedTest(
    id: string,
    failed: TestResult | undefined,
    knex: Knex = this.#knex,
  ): Promise<void> {
    await knex(TABLE)
      .where({ id })
      .update({ failed_test: failed ? JSON.stringify(failed) : null });
  }

  async delete(id: string, knex: Knex = this.#knex): Promise<boolean> {
    await knex('authorizations').where({ datasource_id: id }).delete();
    await knex('credentials').where({ datasource_id: id }).delete();
    return (await knex(TABLE).where({ id }).delete()) === 1;
  }

  /**
   * @returns whether the value changed, and was `from` if given: of several processes that notice, one
   *   changes it
   */
  async setAttention(
    id: string,
    attention: number,
    from?: number,
  ): Promise<boolean> {
    const changed = await this.#knex(TABLE)
      .where({ id, ...(from !== undefined && { attention: from }) })
      .whereNot({ attention })
      .update({ attention });
    return changed === 1;
  }

  /** Returns datasources that count as authorized although their token expired and can't be refreshed. */
  async listEnded(): Promise<string[]> {
    const rows = await this.#knex(TABLE)
      .join('credentials', 'credentials.datasource_id', 'datasources.id')
      .where({
        'credentials.state': 'live',
        'credentials.has_refresh_token': false,
        'datasources.attention': 0,
      })
      .whereIn('datasources.grant_type', APPROVED_GRANTS)
      .whereNull('datasources.withdrawn_at')
      .where('credentials.expires_at', '<', databaseNow(this.#knex))
      .limit(1_000)
      .select('datasources.id');
    return rows.map(({ id }) => id);
  }

  /**
   * Returns one page, sorted by attention, then by title. Pages use keys, rank by rank: each reads its rows
   * from the index in order, so its cost depends neither on the page number nor on the number of rows.
   */
  async list(
    filter: DatasourceFilter,
    page: { limit: number; after?: DatasourceCursor },
  ): Promise<{ items: DatasourceRecord[]; next?: DatasourceCursor }> {
    const { limit, after } = page;
    // By ID: a datasource whose rank changes meanwhile may occur twice.
    const found = new Map<string, DbDatasourceRow>();
    for (const attention of RANKS) {
      if (after && attention > after.attention) continue;
      if (filter.attentions?.includes(attention) === false) continue;
      const query = this.#filtered(filter)
        .andWhere({ attention })
        .orderBy(['sort_key', 'id'])
        .limit(limit + 1 - found.size);
      if (after?.attention === attention) {
        query.whereRaw('(??, ??) > (?, ?)', [
          ...['sort_key', 'id'],
          ...[after.sortKey, after.id],
        ]);
      }
      const rows: DbDatasourceRow[] = await query;
      for (const row of rows) found.set(row.id, row);
      if (found.size > limit) break;
    }
    const rows = [...found.values()].map(toRecord);
    const items = rows.slice(0, limit);
    return {
      items,
      next:
        rows.length > limit ? cursorAfter(items[items.length - 1]) : undefined,
    };
  }

  /** Counts the matches, up to a limit. */
  async count(filter: DatasourceFilter): Promise<number> {
    const [row] = await this.#knex
      .count({ matching: '*' })
      .from(
        this.#filtered(filter).select('id').limit(COUNT_CAP).as('matching'),
      );
    return Number((row as { matching: string | number }).matching);
  }

  /** Counts the datasources of each state. */
  async countByState(): Promise<Map<DatasourceState, number>> {
    const rows: any[] = await this.#knex(TABLE)
      .select('attention', 'subjects')
      .count({ matching: '*' })
      .whereNull('withdrawn_at')
      .groupBy('attention', 'subjects');
    const counts = new Map<DatasourceState, number>();
    for (const row of rows) {
      const state = stateOf(Number(row.attention), row.subjects === 'user');
      counts.set(state, (counts.get(state) ?? 0) + Number(row.matching));
    }
    return counts;
  }

  /** Returns the declared datasources that are mirrored here, including withdrawn ones. */
  async listDeclared(): Promise<
    Array<DatasourceRecord & { declaredName: string; withdrawn: boolean }>
  > {
    const rows = await this.#knex(TABLE).where({ source: 'config' });
    return rows.map(row => ({
      ...toRecord(row),
      declaredName: row.declared_name,
      withdrawn: row.withdrawn_at !== null,
    }));
  }

  /**
   * Hides a declared datasource whose declaration was removed. Its credential stays, so a rollback finds it
   * again. The row is renamed to an invalid name, which frees the name.
   */
  async withdraw(id: string, declaredName: string): Promise<void> {
    await this.#knex(TABLE)
      .where({ id, source: 'config' })
      .update({
        name: `${declaredName}@${id}`,
        withdrawn_at: databaseNow(this.#knex),
        changed_at: databaseNow(this.#knex),
      });
  }

  /** Updates a mirrored row from its declaration, and restores it if it was withdrawn. */
  async redeclare(
    id: string,
    name: string,
    content: DatasourceContent,
  ): Promise<void> {
    try {
      await this.#knex(TABLE)
        .where({ id, source: 'config' })
        .update({
          name,
          withdrawn_at: null,
          ...contentColumns(content, name),
          version: this.#knex.raw('version + 1'),
          changed_at: databaseNow(this.#knex),
          updated_at: databaseNow(this.#knex),
        });
    } catch (error) {
      if (isDatabaseConflictError(error)) throw nameTaken(name);
      throw error;
    }
  }

  #filtered(filter: DatasourceFilter): Knex.QueryBuilder {
    const query = this.#knex(TABLE).whereNull('withdrawn_at');
    return whereFilter(query, filter, this.#knex);
  }
}

/** Returns the start of the page after this datasource. */
export function cursorAfter(record: DatasourceRecord): DatasourceCursor {
  const { attention, settings, name, id } = record;
  return { attention, sortKey: sortKeyOf(settings, name), id };
}

/** The error for a name that another datasource has. */
export function nameTaken(name: string): DatasourceAuthError {
  return new DatasourceAuthError(message('error.nameExists', { name }), {
    code: 'name_taken',
    statusCode: 409,
    fieldTexts: { name: [message('fault.nameTaken')] },
  });
}
