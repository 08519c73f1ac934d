export type { DatasourceRequestInit } from './ApiRequest';
