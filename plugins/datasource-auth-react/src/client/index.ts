export * from './DatasourceAuthApi';
export { DatasourceAuthClient } from './DatasourceAuthClient';
export * from './useDatasource';
export * from './useDatasources';
