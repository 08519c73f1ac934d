import { Entity } from '@backstage/catalog-model';
import {
  CATALOG_FILTER_EXISTS,
  EntityFilter,
} from '@backstage/plugin-catalog-react';
import {
  DATASOURCE_ANNOTATION,
  datasourceNamesOf,
} from 'backstage-plugin-datasource-auth-common';

/** Choices of the filter. */
export const DATASOURCE_CHOICES = ['attention', 'with', 'without'] as const;

/** One of {@link DATASOURCE_CHOICES}. */
export type DatasourceChoice = (typeof DATASOURCE_CHOICES)[number];

/** Returns whether a text is one of the choices. */
export function isDatasourceChoice(text: unknown): text is DatasourceChoice {
  return (DATASOURCE_CHOICES as readonly unknown[]).includes(text);
}

/**
 * Filters the catalog by the annotation. The catalog backend can select entities that have it. Whether a datasource
 * needs attention, and whether the annotation is absent, is checked on the entities that it returns.
 */
export class EntityDatasourceFilter implements EntityFilter {
  readonly choice: DatasourceChoice;
  readonly #needingAttention: ReadonlySet<string>;

  constructor(options: {
    choice: DatasourceChoice;
    /** Names of datasources. */
    needingAttention?: Iterable<string>;
  }) {
    this.choice = options.choice;
    this.#needingAttention = new Set(options.needingAttention);
  }

  getCatalogFilters(): Record<string, symbol> {
    if (this.choice === 'without') return {};
    return {
      [`metadata.annotations.${DATASOURCE_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
    };
  }

  filterEntity(entity: Entity): boolean {
    const names = datasourceNamesOf(entity);
    switch (this.choice) {
      case 'attention':
        return names.some(name => this.#needingAttention.has(name));
      case 'with':
        return names.length > 0;
      default:
        return names.length === 0;
    }
  }

  toQueryValue(): string {
    return this.choice;
  }
}
