/*
 * Requests and responses of the HTTP API under /api/datasource-auth. Times are epoch milliseconds throughout.
 */
export * from './activity';
export type {
  Authorization,
  AuthorizationCreate,
  AuthorizationStatus,
  StagedCredential,
} from './authorizations';
export {
  CONNECTION_DOUBTS,
  type Connection,
  type ConnectionConfirmation,
  type ConnectionDoubt,
  type ConnectionList,
  type ConnectionState,
  type ConnectionTerms,
  type Disconnection,
  type PendingConnection,
} from './connections';
export * from './consumers';
export type {
  AllowedActions,
  ConsumableDatasource,
  CredentialAction,
  Datasource,
  DatasourceDrift,
  DatasourceList,
  DatasourceListQuery,
  DatasourceSummary,
  DatasourceWrite,
} from './datasources';
export type {
  Delegation,
  DelegationApproval,
  DelegationContext,
  DelegationCreate,
  DelegationDetails,
  DelegationHandle,
  DelegationState,
} from './delegations';
export * from './health';
export type { TokenRequest, TokenResponse } from './tokens';
export * from './verification';
