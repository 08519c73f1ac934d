import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { createDatasourceCheckAction } from './actions/datasourceCheck';
import { createDatasourceFetchAction } from './actions/datasourceFetch';

/**
 * Adds the actions `datasource:fetch` and `datasource:check` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleDatasourceAuth = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'datasource-auth',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        tokens: datasourceAuthServiceRef,
      },
      async init({ actions, tokens }) {
        actions.addActions(
          createDatasourceFetchAction({ tokens }),
          createDatasourceCheckAction({ tokens }),
        );
      },
    });
  },
});
