import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DATASOURCE } from 'backstage-plugin-datasource-auth-common';

/**
 * What permission rules can look at.
 *
 * @public
 */
export interface DatasourceResource {
  name: string;
  /** Entity ref, as it was typed. */
  owner?: string;
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
  field: keyof DatasourceResource;
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
