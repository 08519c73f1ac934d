/**
 * Scaffolder actions that call external APIs through datasource-auth.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDatasourceAuth as default } from './module';
export { createDatasourceCheckAction } from './actions/datasourceCheck';
export { createDatasourceFetchAction } from './actions/datasourceFetch';
