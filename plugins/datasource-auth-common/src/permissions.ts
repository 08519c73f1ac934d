import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a datasource in permission decisions.
 *
 * @public
 */
export const RESOURCE_TYPE_DATASOURCE = 'datasource-auth-datasource';

/**
 * Read a datasource: settings without secrets, status, and consumers.
 *
 * @public
 */
export const datasourceReadPermission = createPermission({
  name: 'datasource-auth.datasource.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Create a datasource, and import draft settings.
 *
 * @public
 */
export const datasourceCreatePermission = createPermission({
  name: 'datasource-auth.datasource.create',
  attributes: { action: 'create' },
});

/**
 * Change the settings of a datasource.
 *
 * @public
 */
export const datasourceUpdatePermission = createPermission({
  name: 'datasource-auth.datasource.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Delete a datasource.
 *
 * @public
 */
export const datasourceDeletePermission = createPermission({
  name: 'datasource-auth.datasource.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Obtain a credential for a datasource, and test the one it has.
 *
 * @public
 */
export const datasourceAuthorizePermission = createPermission({
  name: 'datasource-auth.datasource.authorize',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Clear the credential of a datasource.
 *
 * @public
 */
export const datasourceClearPermission = createPermission({
  name: 'datasource-auth.datasource.clear',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Call an API through a datasource on one's own behalf, with a plugin or the gateway.
 *
 * @public
 */
export const datasourceUsePermission = createPermission({
  name: 'datasource-auth.datasource.use',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Widen who can use a credential and for what: allowed plugins, allowed hosts, gateway routes, and scopes.
 *
 * @public
 */
export const datasourceGrantPermission = createPermission({
  name: 'datasource-auth.datasource.grant',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Read the activity of a datasource.
 *
 * @public
 */
export const activityReadPermission = createPermission({
  name: 'datasource-auth.activity.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * Connect one's own account to datasources, and act through it.
 *
 * @public
 */
export const connectionOwnPermission = createPermission({
  name: 'datasource-auth.connection.own',
  attributes: { action: 'update' },
});

/**
 * List who is connected to a datasource and when, and end their connections. Never shows accounts, scopes or tokens.
 *
 * @public
 */
export const connectionManagePermission = createPermission({
  name: 'datasource-auth.connection.manage',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_DATASOURCE,
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const datasourceAuthPermissions = [
  datasourceReadPermission,
  datasourceCreatePermission,
  datasourceUpdatePermission,
  datasourceDeletePermission,
  datasourceAuthorizePermission,
  datasourceClearPermission,
  datasourceUsePermission,
  datasourceGrantPermission,
  activityReadPermission,
  connectionOwnPermission,
  connectionManagePermission,
];
