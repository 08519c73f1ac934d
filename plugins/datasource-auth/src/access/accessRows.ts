import {
  Datasource,
  activityReadPermission,
  datasourceAuthorizePermission,
  datasourceClearPermission,
  datasourceDeletePermission,
  datasourceGrantPermission,
  datasourceReadPermission,
  datasourceUpdatePermission,
  datasourceUsePermission,
} from 'backstage-plugin-datasource-auth-common';

/** An action on a datasource, and whether the user may perform it if the backend reports that. */
export interface AccessRow {
  action:
    | 'read'
    | 'update'
    | 'grant'
    | 'authorize'
    | 'clear'
    | 'delete'
    | 'activity'
    | 'use';
  answer: 'yes' | 'no' | 'asked';
  /** Name of the permission that policies refer to. */
  permission: string;
}

/** Returns the user's permissions. For some actions, the backend only decides when they are performed. */
export function accessRows({
  allowed,
}: Pick<Datasource, 'allowed'>): AccessRow[] {
  const told = (is: boolean) => (is ? 'yes' : 'no');
  const row = (
    action: AccessRow['action'],
    answer: AccessRow['answer'],
    permission: { name: string },
  ): AccessRow => ({ action, answer, permission: permission.name });
  return [
    row('read', 'yes', datasourceReadPermission),
    row('update', told(allowed.update), datasourceUpdatePermission),
    row('grant', told(allowed.grant), datasourceGrantPermission),
    row('authorize', told(allowed.authorize), datasourceAuthorizePermission),
    row('clear', told(allowed.clear), datasourceClearPermission),
    row('delete', told(allowed.delete), datasourceDeletePermission),
    row('activity', 'asked', activityReadPermission),
    row('use', 'asked', datasourceUsePermission),
  ];
}
