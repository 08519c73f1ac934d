/**
 * Encryption keys of datasource-auth out of a mounted folder.
 *
 * @packageDocumentation
 */
export { datasourceAuthModuleFileKeys as default } from './module';
