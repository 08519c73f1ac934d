import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { DatasourceQuery } from 'backstage-plugin-datasource-auth-node';
import { Knex } from 'knex';
import { isPostgres } from '../database/database';

/** Datasources that a permission decision allows. */
export type DatasourceCondition = PermissionCriteria<DatasourceQuery>;

/** A condition that no datasource meets. */
export const NO_DATASOURCE: DatasourceCondition = { field: 'name', in: [] };

/**
 * Limits a query on datasources to those that meet a condition. An empty column counts as empty text, so that
 * `not` applies to it as in the rule.
 */
export function whereCondition(
  query: Knex.QueryBuilder,
  condition: DatasourceCondition,
  knex: Knex,
): Knex.QueryBuilder {
  if (isAndCriteria(condition)) {
    return query.where(all => {
      for (const part of condition.allOf) {
        all.andWhere(one => void whereCondition(one, part, knex));
      }
    });
  }
  if (isOrCriteria(condition)) {
    return query.where(any => {
      any.whereRaw('1 = 0');
      for (const part of condition.anyOf) {
        any.orWhere(one => void whereCondition(one, part, knex));
      }
    });
  }
  if (isNotCriteria(condition)) {
    return query.whereNot(not => void whereCondition(not, condition.not, knex));
  }
  // No column can contain a null character, and PostgreSQL fails on one.
  const values = condition.in.filter(value => value && !value.includes('\0'));
  if (values.length === 0) return query.whereRaw('1 = 0');
  if (condition.field === 'tags') return whereTag(query, values, knex);
  return query.whereRaw(
    `coalesce(??, '') in (${values.map(() => '?').join(', ')})`,
    [condition.field, ...values],
  );
}

function whereTag(query: Knex.QueryBuilder, tags: string[], knex: Knex) {
  const position = isPostgres(knex) ? 'strpos' : 'instr';
  return query.where(any => {
    for (const tag of tags) {
      any.orWhereRaw(`${position}(coalesce(tags, ''), ?) > 0`, [`\n${tag}\n`]);
    }
  });
}
