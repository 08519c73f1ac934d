import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_DATASOURCE } from 'backstage-plugin-datasource-auth-common';

/**
 * What permission rules can look at.
 *
 * @public
 */
export interface DatasourceResource {
  /** Immutable; unique in the installation. */
  name: string;
  /** Entity ref, as it was typed. */
  owner?: string;
  /** Words of the owner, to find it by. */
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
  /** The field that is looked at. */
  field: keyof DatasourceResource;
  /** The values of which it has to have one. */
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
