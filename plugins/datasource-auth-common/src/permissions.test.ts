import { isResourcePermission } from '@backstage/plugin-permission-common';
import * as exported from './permissions';
import {
  connectionOwnPermission,
  datasourceAuthPermissions,
  datasourceCreatePermission,
  RESOURCE_TYPE_DATASOURCE,
} from './permissions';

describe('permissions', () => {
  it('lists every permission, each with a unique name', () => {
    const all = Object.entries(exported)
      .filter(([name]) => name.endsWith('Permission'))
      .map(([, permission]) => permission);
    expect(new Set(datasourceAuthPermissions)).toEqual(new Set(all));
    const names = datasourceAuthPermissions.map(({ name }) => name);
    expect(new Set(names).size).toBe(all.length);
    for (const name of names)
      expect(name).toMatch(
        /^datasource-auth\.(datasource|activity|connection)\.[a-z]+$/,
      );
  });

  it('allows conditions for every permission about one datasource', () => {
    const others: unknown[] = [
      datasourceCreatePermission,
      connectionOwnPermission,
    ];
    for (const permission of datasourceAuthPermissions) {
      expect(isResourcePermission(permission, RESOURCE_TYPE_DATASOURCE)).toBe(
        !others.includes(permission),
      );
    }
  });
});
