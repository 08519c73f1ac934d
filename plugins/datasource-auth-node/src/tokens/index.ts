export type { DatasourceToken } from './DatasourceToken';
