import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** Where the page is mounted; the routes below it are the page's own. */
export const rootRouteRef = createRouteRef({ id: 'datasource-auth' });

/** The page of a catalog entity, to which owners are linked. Without a catalog they are plain text. */
export const catalogEntityRouteRef = createExternalRouteRef({
  id: 'catalog-entity',
  params: ['namespace', 'kind', 'name'],
  optional: true,
  defaultTarget: 'catalog.catalogEntity',
});
