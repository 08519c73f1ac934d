import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createCardExtension } from '@backstage/plugin-home-react';
import {
  datasourceAuthApiRef,
  DatasourceAuthClient,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { holdArrival } from './authorized/arrival';
import { installBackButtonGuard } from './editor/backButtonGuard';
import { hideRequestLinks } from './requests/requestLink';

holdArrival();
hideRequestLinks();
installBackButtonGuard();

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
  routes: { root: datasourceAuthRouteRef },
});

/**
 * The page. Mount it on `/datasource-auth`.
 *
 * @public
 */
export const DatasourceAuthPage = datasourceAuthPlugin.provide(
  createRoutableExtension({
    name: 'DatasourceAuthPage',
    component: () =>
      import('./DatasourceAuthRouter').then(m => () => (
        <m.DatasourceAuthRouter headerOwner="plugin" />
      )),
    mountPoint: datasourceAuthRouteRef,
  }),
);

/**
 * The *Credentials* card for catalog entity pages: shows the status of the datasources that the entity is annotated
 * with. For an API without one, it offers to create one from its description. Use {@link isDatasourceAuthAvailable} to
 * show the card only if it has content.
 *
 * @public
 */
export const EntityDatasourceAuthCard = datasourceAuthPlugin.provide(
  createComponentExtension({
    name: 'EntityDatasourceAuthCard',
    component: {
      lazy: () =>
        import('./entities/CredentialsCard').then(m => m.CredentialsCard),
    },
  }),
);

/**
 * A catalog filter: entities whose datasources need attention, with a datasource, or without one. Place it among the
 * filters of the catalog's index page.
 *
 * @public
 */
export const EntityDatasourceFilterPicker = datasourceAuthPlugin.provide(
  createComponentExtension({
    name: 'EntityDatasourceFilterPicker',
    component: {
      lazy: () =>
        import('./entities/DatasourceFilter').then(m => m.DatasourceFilter),
    },
  }),
);

/**
 * *My connections*: the user's own connections, for a route of the settings page. The page itself has them at
 * `/datasource-auth/connections`.
 *
 * @public
 */
export const MyConnections = datasourceAuthPlugin.provide(
  createComponentExtension({
    name: 'MyConnections',
    component: {
      lazy: () =>
        import('./connections/MyConnections').then(m => m.MyConnections),
    },
  }),
);

/**
 * A home page card that lists which datasources of the user and their groups need attention.
 *
 * @public
 */
export const HomePageDatasourcesCard = datasourceAuthPlugin.provide(
  createCardExtension({
    name: 'HomePageDatasourcesCard',
    title: 'Your datasources that need attention',
    description:
      'Credentials of external APIs that need your approval or a fix.',
    components: () => import('./home/Content'),
  }),
);
