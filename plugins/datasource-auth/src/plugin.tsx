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
} from 'backstage-plugin-datasource-auth-react';
import { holdArrival } from './authorized/arrival';
import { installBackButtonGuard } from './editor/backButtonGuard';
import { hideRequestLinks } from './requests/requestLink';
import { rootRouteRef } from './frame/routes';

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
  routes: { root: rootRouteRef },
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
      import('./DatasourceAuthRouter').then(m => () => (
        <m.DatasourceAuthRouter headerOwner="plugin" />
      )),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The card *Credentials* for the pages of catalog entities: how the datasources stand that the entity is annotated with;
 * on an API without one, the way to make one of its description. {@link isDatasourceAuthAvailable} says where it has
 * something to say.
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
 * A filter of the catalog: entities whose datasources need attention, with a datasource, without one. To stand among the
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
 * A card for the home page: which datasources of the person and of his groups need attention.
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
