import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the page is mounted; the routes below it are the page's own. */
export const rootRouteRef = createRouteRef({ id: 'datasource-auth' });
