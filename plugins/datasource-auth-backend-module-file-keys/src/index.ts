/**
 * Encryption keys for datasource-auth from a mounted folder.
 *
 * @packageDocumentation
 */
export { datasourceAuthModuleFileKeys as default } from './module';
