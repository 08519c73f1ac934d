import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the page is mounted; the page defines the routes below. */
export const rootRouteRef = createRouteRef({ id: 'datasource-auth' });
