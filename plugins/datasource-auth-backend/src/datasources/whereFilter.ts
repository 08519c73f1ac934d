import { Knex } from 'knex';
import { isPostgres } from '../database/database';
import { DatasourceCondition, whereCondition } from './whereCondition';

const SEARCHED = ['sort_key', 'name', 'host', 'owner'] as const;

/** Column that a search reads. */
export type SearchColumn = (typeof SEARCHED)[number];

/** Filter of a list of datasources. */
export interface DatasourceFilter {
  /** Prefix of the title, name, host or owner. */
  search?: string;
  /** Columns to search. Default: all. */
  searched?: ReadonlyArray<SearchColumn>;
  attentions?: number[];
  /** Of the datasources that need no attention: only those with, or without, a shared credential. */
  perUser?: boolean;
  /** Only those to which people connect their accounts. */
  isPersonal?: boolean;
  /** Grants, and kinds without a grant. */
  ways?: string[];
  /** Any of these, in lower case. */
  owners?: string[];
  /** Plugins that may all get tokens: listed by ID, or because any plugin may. */
  consumers?: string[];
  /** Filter for the datasources that the caller may see. */
  condition?: DatasourceCondition;
}

/** Limits a query on the table of datasources by a filter. */
export function whereFilter(
  query: Knex.QueryBuilder,
  filter: DatasourceFilter,
  knex: Knex,
): Knex.QueryBuilder {
  // No column can contain a null character, and PostgreSQL fails on one.
  const texts = [
    filter.search,
    ...(filter.consumers ?? []),
    ...(filter.owners ?? []),
    ...(filter.ways ?? []),
  ];
  if (texts.some(text => text?.includes('\0'))) {
    return query.whereRaw('1 = 0') as Knex.QueryBuilder;
  }
  if (filter.search) {
    const prefix = `${escapeLike(filter.search.toLowerCase())}%`;
    query.andWhere(where => {
      for (const column of filter.searched ?? SEARCHED) {
        where.orWhereRaw(`?? like ? escape '\\'`, [column, prefix]);
      }
    });
  }
  if (filter.attentions) query.whereIn('attention', filter.attentions);
  if (filter.perUser !== undefined) {
    query.andWhere(where =>
      where
        .whereNot({ attention: 0 })
        .orWhere('subjects', filter.perUser ? '=' : '<>', 'user'),
    );
  }
  // As text, so that the database uses the index on such rows.
  if (filter.isPersonal) query.whereRaw(`subjects <> 'service'`);
  if (filter.ways) query.whereIn('grant_type', filter.ways);
  if (filter.owners) query.whereIn('owner', filter.owners);
  // Not LIKE, which ignores case on SQLite.
  const position = isPostgres(knex) ? 'strpos' : 'instr';
  for (const consumer of filter.consumers ?? []) {
    const listed = JSON.stringify(consumer);
    query.andWhere(where =>
      where
        .whereRaw(`${position}(??, ?) > 0`, ['consumers', listed])
        .orWhere({ consumers: JSON.stringify('*') }),
    );
  }
  if (filter.condition) whereCondition(query, filter.condition, knex);
  return query;
}

/** Escapes a text for a LIKE pattern. The escape character is a backslash. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, match => `\\${match}`);
}
