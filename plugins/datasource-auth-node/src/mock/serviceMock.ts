import {
  coreServices,
  createServiceFactory,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import type { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import { datasourceAuthServiceRef } from '../service/datasourceAuthServiceRef';
import {
  MockDatasourceAuthService,
  MockDatasourceAuthServiceOptions,
} from './MockDatasourceAuthService';

/**
 * A service that behaves as the real one does, without a backend.
 *
 * @example
 * ```ts
 * const tokens = mockDatasourceAuthService({ datasources: { pagerduty: {} } });
 * const backend = await startTestBackend({
 *   features: [myPlugin, mockDatasourceAuthService.factory(tokens)],
 * });
 * tokens.setState('pagerduty', 'NOT_AUTHORIZED');
 * ```
 *
 * @public
 */
export function mockDatasourceAuthService(
  options?: MockDatasourceAuthServiceOptions,
): MockDatasourceAuthService {
  return new MockDatasourceAuthService(options);
}

/**
 * Creates the mock for a test backend.
 *
 * @public
 */
export namespace mockDatasourceAuthService {
  /** Creates a feature for a test backend. Each plugin gets its own access. */
  export function factory(
    mock:
      | MockDatasourceAuthService
      | MockDatasourceAuthServiceOptions = new MockDatasourceAuthService(),
  ): ServiceFactory<DatasourceAuthService, 'plugin'> {
    const service =
      mock instanceof MockDatasourceAuthService
        ? mock
        : new MockDatasourceAuthService(mock);
    return createServiceFactory({
      service: datasourceAuthServiceRef,
      deps: { metadata: coreServices.pluginMetadata },
      factory: ({ metadata }) => service.forPlugin(metadata.getId()),
    });
  }
}
