export * from './DatasourceAuthApi';
export { DatasourceAuthClient } from './DatasourceAuthClient';
export * from './useDatasource';
export * from './useDatasources';
export { type Loaded } from './useWatched';
