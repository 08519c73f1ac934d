import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  datasourceAuthApiRef,
  DatasourceAuthClient,
} from 'backstage-plugin-datasource-auth-react';
import { holdArrival } from './authorized/arrival';
import { openBackGate } from './editor/backGate';
import { catalogEntityRouteRef, rootRouteRef } from './routes';

holdArrival();
openBackGate();

/**
 * The plugin for apps of the legacy frontend system.
 *
 * @public
 */
export const datasourceAuthPlugin = createPlugin({
  id: 'datasource-auth',
  apis: [
    createApiFactory({
      api: datasourceAuthApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DatasourceAuthClient({ fetchApi }),
    }),
  ],
  routes: { root: rootRouteRef },
  externalRoutes: { catalogEntity: catalogEntityRouteRef },
});

/**
 * The page, to be mounted on `/datasource-auth`.
 *
 * @public
 */
export const DatasourceAuthPage = datasourceAuthPlugin.provide(
  createRoutableExtension({
    name: 'DatasourceAuthPage',
    component: () =>
      import('./DatasourceAuthRouter').then(m => m.DatasourceAuthRouter),
    mountPoint: rootRouteRef,
  }),
);
