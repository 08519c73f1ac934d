import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DATASOURCE } from 'backstage-plugin-datasource-auth-common';

/**
 * The fields of a datasource that permission rules can use.
 *
 * @public
 */
export interface DatasourceResource {
  /** Immutable; unique in the installation. */
  name: string;
  /** Entity ref, as it was entered. */
  owner?: string;
  /** Search terms for the owner. */
  tags: string[];
  /** Stored in the database, or declared in the configuration. */
  source: 'database' | 'config';
}

/**
 * A rule as a filter of lists: one of these values in this field.
 *
 * @public
 */
export interface DatasourceQuery {
  /** The field to compare. */
  field: keyof DatasourceResource;
  /** The accepted values. */
  in: string[];
}

/**
 * Datasources in permission decisions.
 *
 * @public
 */
export const datasourceResourceRef = createPermissionResourceRef<
  DatasourceResource,
  DatasourceQuery
>().with({
  pluginId: 'datasource-auth',
  resourceType: RESOURCE_TYPE_DATASOURCE,
});
