import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';
import { createDatasourceCheckAction } from './actions/datasourceCheck';
import { createDatasourceDelegateAction } from './actions/datasourceDelegate';
import { createDatasourceFetchAction } from './actions/datasourceFetch';
import { TaskDelegations } from './delegations/TaskDelegations';

/**
 * Adds the actions `datasource:fetch`, `datasource:check` and `datasource:delegate` to the scaffolder.
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
        database: coreServices.database,
        tokens: datasourceAuthServiceRef,
      },
      async init({ actions, database, tokens }) {
        const delegations = await TaskDelegations.create({ database });
        actions.addActions(
          createDatasourceFetchAction({ tokens, delegations }),
          createDatasourceCheckAction({ tokens, delegations }),
          createDatasourceDelegateAction({ tokens, delegations }),
        );
      },
    });
  },
});
