/**
 * A mock of the service, for the tests of plugins that use it.
 *
 * @packageDocumentation
 */
export { mockDatasourceAuthService } from './mock/serviceMock';
export {
  MockDatasourceAuthService,
  type MockDatasourceAuthServiceOptions,
} from './mock/MockDatasourceAuthService';
export type { MockDatasource } from './mock/MockDatasourceAuthBackend';
