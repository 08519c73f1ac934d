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
  type ConnectedPeople,
  type ConnectedPeopleQuery,
  type ConnectedPerson,
  type Connection,
  type ConnectionConfirmation,
  type ConnectionDoubt,
  type ConnectionEntry,
  type ConnectionForm,
  type ConnectionList,
  type ConnectionRefusal,
  type ConnectionState,
  type ConnectionTerms,
  type Disconnection,
  type Disconnections,
  type EnteredConnection,
  type PendingConnection,
  type PersonalData,
  type PersonalDataRemoval,
  type PersonalMentions,
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
