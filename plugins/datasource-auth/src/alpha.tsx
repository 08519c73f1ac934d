/**
 * The page for apps of the new frontend system.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiKey2Line } from '@remixicon/react';
import {
  datasourceAuthApiRef,
  DatasourceAuthClient,
} from 'backstage-plugin-datasource-auth-react';
import { holdArrival } from './authorized/arrival';
import { openBackGate } from './editor/backGate';
import { catalogEntityRouteRef, rootRouteRef } from './routes';

holdArrival();
openBackGate();

export { datasourceAuthTranslationRef } from './translation';

const page = PageBlueprint.make({
  params: {
    path: '/datasource-auth',
    title: 'Datasources',
    icon: <RiKey2Line />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./DatasourceAuthRouter').then(m => (
        <m.DatasourceAuthRouter headerOwner="app" />
      )),
  },
});

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: datasourceAuthApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new DatasourceAuthClient({ fetchApi }),
    }),
});

/**
 * The datasource-auth plugin of the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'datasource-auth',
  title: 'Datasources',
  icon: <RiKey2Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  externalRoutes: { catalogEntity: catalogEntityRouteRef },
  extensions: [page, api],
});
