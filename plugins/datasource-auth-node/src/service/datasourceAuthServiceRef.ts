import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DatasourceAuthService } from './DatasourceAuthService';
import { DefaultDatasourceAuthService } from './DefaultDatasourceAuthService';

/**
 * What a backend plugin depends on to get tokens. It needs no installation of its own; the backend it asks does.
 *
 * @remarks
 *
 * Each plugin gets an instance of its own, which asks with that plugin's identity and remembers tokens for it alone.
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
