import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** Backstage's own permission framework with a policy, and the calls it makes. Nothing of it is a mock. */
export function permissionFramework(
  handle: PermissionPolicy['handle'],
): BackendFeature[] {
  return [
    permissionsServiceFactory,
    permissionsRegistryServiceFactory,
    userInfoServiceFactory,
    permissionPlugin,
    createBackendModule({
      pluginId: 'permission',
      moduleId: 'test-policy',
      register(env) {
        env.registerInit({
          deps: { policy: policyExtensionPoint },
          async init({ policy }) {
            policy.setPolicy({ handle });
          },
        });
      },
    }),
  ];
}
