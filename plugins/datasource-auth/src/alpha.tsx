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
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  CatalogFilterBlueprint,
  EntityCardBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiKey2Line } from '@remixicon/react';
import {
  datasourceAuthApiRef,
  DatasourceAuthClient,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { holdArrival } from './authorized/arrival';
import { installBackButtonGuard } from './editor/backButtonGuard';
import { isDatasourceAuthAvailable } from './entities/isDatasourceAuthAvailable';
import { hideRequestLinks } from './requests/requestLink';

holdArrival();
hideRequestLinks();
installBackButtonGuard();

export {
  datasourceAuthTranslationRef,
  datasourceAuthTranslations,
} from './translation';

const page = PageBlueprint.make({
  params: {
    path: '/datasource-auth',
    title: 'Datasources',
    icon: <RiKey2Line />,
    routeRef: datasourceAuthRouteRef,
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

const entityCard = EntityCardBlueprint.make({
  name: 'credentials',
  params: {
    // Shown next to the entity's other information cards, not below its tables.
    type: 'info',
    filter: isDatasourceAuthAvailable,
    loader: () =>
      import('./entities/CredentialsCard').then(m => <m.CredentialsInfoCard />),
  },
});

const catalogFilter = CatalogFilterBlueprint.make({
  name: 'datasource',
  params: {
    loader: () =>
      import('./entities/DatasourceFilter').then(m => <m.DatasourceFilter />),
  },
});

const homeWidget = HomePageWidgetBlueprint.make({
  name: 'attention',
  params: {
    name: 'HomePageDatasourcesCard',
    title: 'Your datasources that need attention',
    description:
      'Credentials of external APIs that need your approval or a fix.',
    components: () => import('./home/Content'),
  },
});

/** A tab of the settings page. */
const connections = SubPageBlueprint.make({
  name: 'connections',
  attachTo: { id: 'page:user-settings', input: 'pages' },
  params: {
    path: 'connections',
    title: 'My connections',
    loader: () =>
      import('./connections/MyConnections').then(m => <m.MyConnections />),
  },
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
  routes: { root: datasourceAuthRouteRef },
  extensions: [page, api, entityCard, catalogFilter, homeWidget, connections],
});
