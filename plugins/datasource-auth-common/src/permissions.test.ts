import { isResourcePermission } from '@backstage/plugin-permission-common';
import * as exported from './permissions';
import {
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
      expect(name).toMatch(/^datasource-auth\.(datasource|activity)\.[a-z]+$/);
  });

  it('allows conditions for every permission except create, where no datasource exists yet', () => {
    for (const permission of datasourceAuthPermissions) {
      expect(isResourcePermission(permission, RESOURCE_TYPE_DATASOURCE)).toBe(
        permission !== datasourceCreatePermission,
      );
    }
  });
});
