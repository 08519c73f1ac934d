/**
 * The service with which backend plugins get fresh OAuth 2.0 tokens of external APIs by name.
 *
 * @packageDocumentation
 */
export * from './calls';
export * from './encryptionKeysExtensionPoint';
export * from './permissions';
export * from './presetsExtensionPoint';
export * from './service';
export * from './signersExtensionPoint';
export * from './tokens';
export {
  DatasourceAuthError,
  DatasourceConnectionError,
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
export type {
  ConsumableDatasource,
  DatasourceErrorCode,
} from 'backstage-plugin-datasource-auth-common';
