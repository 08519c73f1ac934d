import { createRouteRef } from '@backstage/core-plugin-api';

/**
 * Where the app mounts the page of the datasource-auth plugin, in both frontend systems. In a test of
 * {@link ConnectPrompt}, mount it.
 *
 * @example
 * ```ts
 * renderInTestApp(element, {
 *   mountedRoutes: { '/datasource-auth': datasourceAuthRouteRef },
 * });
 * ```
 *
 * @public
 */
export const datasourceAuthRouteRef = createRouteRef({ id: 'datasource-auth' });
