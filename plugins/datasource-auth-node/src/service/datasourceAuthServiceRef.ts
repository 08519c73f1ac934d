import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DatasourceAuthService } from './DatasourceAuthService';
import { DefaultDatasourceAuthService } from './DefaultDatasourceAuthService';

/**
 * The service reference for backend plugins that need tokens. It needs no installation in that backend, only the
 * datasource-auth plugin in the backend it calls.
 *
 * @remarks
 *
 * Each plugin gets its own instance, which uses that plugin's identity and remembers tokens only for it.
 *
 * @example
 * ```ts
 * env.registerInit({
 *   deps: { tokens: datasourceAuthServiceRef },
 *   async init({ tokens }) {
 *     const response = await tokens.fetch({ datasource: 'pagerduty' }, '/incidents');
 *   },
 * });
 * ```
 *
 * @public
 */
export const datasourceAuthServiceRef = createServiceRef<DatasourceAuthService>(
  {
    id: 'datasource-auth',
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          logger: coreServices.logger,
        },
        factory: ({ auth, discovery, logger }) =>
          DefaultDatasourceAuthService.create({ auth, discovery, logger }),
      }),
  },
);
