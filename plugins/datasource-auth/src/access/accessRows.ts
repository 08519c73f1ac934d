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

/** What can be done with a datasource, and whether the person may, where the backend tells. */
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
  /** Name of the permission that a policy decides by. */
  permission: string;
}

/** What the person may do. Of some actions the backend says so only when they are tried. */
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
    row('grant', allowed.update ? 'asked' : 'no', datasourceGrantPermission),
    row('authorize', told(allowed.authorize), datasourceAuthorizePermission),
    row('clear', told(allowed.clear), datasourceClearPermission),
    row('delete', told(allowed.delete), datasourceDeletePermission),
    row('activity', 'asked', activityReadPermission),
    row('use', 'asked', datasourceUsePermission),
  ];
}
