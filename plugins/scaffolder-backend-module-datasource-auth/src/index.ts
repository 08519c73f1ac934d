/**
 * Scaffolder actions that call external APIs through datasource-auth.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDatasourceAuth as default } from './module';
