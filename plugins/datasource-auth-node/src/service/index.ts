export * from './DatasourceAuthService';
export * from './datasourceAuthServiceRef';
export {
  DefaultDatasourceAuthService,
  type DefaultDatasourceAuthServiceOptions,
} from './DefaultDatasourceAuthService';
