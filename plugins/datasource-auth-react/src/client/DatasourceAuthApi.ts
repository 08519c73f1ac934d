import { createApiRef } from '@backstage/core-plugin-api';
import {
  ActivityPage,
  ActivityQuery,
  Authorization,
  AuthorizationCreate,
  AuthorizationRequestCreate,
  AuthorizationRequestEntry,
  AuthorizationRequestInvitation,
  AuthorizationRequestList,
  ConnectedPeople,
  ConnectedPeopleQuery,
  ConnectionConfirmation,
  ConnectionEntry,
  ConnectionList,
  Consumers,
  Datasource,
  DatasourceList,
  DatasourceListQuery,
  DatasourceWrite,
  DelegationApproval,
  DelegationDetails,
  DescriptionChanges,
  Disconnection,
  Disconnections,
  EnteredConnection,
  Health,
  Impact,
  IssuerProposal,
  OpenApiImport,
  OpenApiProposal,
  PluginList,
  Preset,
  RehearsalResult,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';

/**
 * The frontend's API of the datasource-auth backend. Every method rejects with a `DatasourceAuthError`, whose `code` is
 * stable.
 *
 * @public
 */
export interface DatasourceAuthApi {
  /** Returns one page of the datasources that the user may see. */
  listDatasources(query?: DatasourceListQuery): Promise<DatasourceList>;
  /** Returns a datasource with its settings, without secrets. */
  getDatasource(name: string): Promise<Datasource>;
  /** Creates a datasource, with a credential if one was staged. Rejects with `name_taken` if the name exists. */
  createDatasource(body: DatasourceWrite): Promise<Datasource>;
  /** Replaces all settings. Rejects with `version_conflict` if the stored version differs from the given one. */
  updateDatasource(
    name: string,
    body: DatasourceWrite,
    options: { version: number },
  ): Promise<Datasource>;
  /** Deletes a datasource. Rejects with `in_use` unless forced. */
  deleteDatasource(
    name: string,
    options?: { force?: boolean; revoke?: boolean },
  ): Promise<void>;
  /** Deletes the stored tokens immediately and keeps the settings. */
  clearCredential(
    name: string,
    options?: { revoke?: boolean },
  ): Promise<Datasource>;
  /** Gets a token from the stored credential, and calls the test path if there is one. */
  testDatasource(name: string): Promise<TestResult>;
  /** Refreshes the stored credential for real, and returns what the provider did. */
  rehearseRenewal(name: string): Promise<RehearsalResult>;
  /** Returns the history of a datasource, newest first. */
  listActivity(name: string, query?: ActivityQuery): Promise<ActivityPage>;
  /** Returns the consumers of a datasource and how much they use it. */
  listConsumers(name: string): Promise<Consumers>;
  /** Returns the consumers that a change affects: those that received tokens in the last 24 hours. */
  getImpact(name: string): Promise<Impact>;
  /** Returns the settings as YAML for app-config, without secrets. */
  exportDatasource(name: string): Promise<string>;
  /** Starts an authorization attempt. If the grant needs no approval, it gets the token immediately. */
  createAuthorization(body: AuthorizationCreate): Promise<Authorization>;
  /** Returns the state of an authorization attempt of this user. */
  getAuthorization(id: string): Promise<Authorization>;
  /** Deletes an attempt and its staged credential. Nothing is revoked. */
  discardAuthorization(id: string): Promise<void>;
  /** Completes an attempt with the values that the provider sent back through the browser. */
  completeAuthorization(id: string, completion: string): Promise<Authorization>;
  /** Tests the credential that is staged in an attempt. */
  testAuthorization(id: string): Promise<TestResult>;
  /** Returns the datasources to which the user can connect their own account, and is connected. */
  listConnections(): Promise<ConnectionList>;
  /**
   * Connects the account of a granted attempt: the user has seen it. Rejects with `confirmation_required` if a doubt
   * isn't acknowledged.
   */
  confirmConnection(
    authorizationId: string,
    confirmation: ConnectionConfirmation,
  ): Promise<Authorization>;
  /**
   * Connects the user's own account with a token or password that they entered. Rejects with `secret_rejected` if the API
   * doesn't accept it, and with `version_conflict` if the terms that the user read have changed.
   */
  enterConnection(
    name: string,
    entry: ConnectionEntry,
  ): Promise<EnteredConnection>;
  /** Ends the user's own connection, and asks the provider to revoke its tokens. */
  disconnect(name: string): Promise<Disconnection>;
  /** Returns who is connected to a datasource, without accounts and scopes. */
  listConnectedPeople(
    name: string,
    query?: ConnectedPeopleQuery,
  ): Promise<ConnectedPeople>;
  /** Ends one person's connection, and asks the provider to revoke its tokens. */
  disconnectPerson(name: string, userRef: string): Promise<Disconnection>;
  /** Ends everyone's connection. Their tokens are revoked in the background. */
  disconnectEveryone(name: string): Promise<Disconnections>;
  /** Returns a delegation that a plugin asked the user for: what they agree to. */
  getDelegation(id: string): Promise<DelegationDetails>;
  /** Lets the plugin act as the user. Rejects with `version_conflict` if what the user read has changed. */
  approveDelegation(
    id: string,
    approval: DelegationApproval,
  ): Promise<DelegationDetails>;
  /** Declines or ends a delegation. */
  takeBackDelegation(id: string): Promise<void>;
  /** Returns the open approval requests of a datasource. */
  listAuthorizationRequests(name: string): Promise<AuthorizationRequestList>;
  /** Asks someone else to authorize a datasource. Only this response contains the link. */
  createAuthorizationRequest(
    body: AuthorizationRequestCreate,
  ): Promise<AuthorizationRequestEntry>;
  /** Withdraws an approval request by its ID. */
  withdrawAuthorizationRequest(id: string): Promise<void>;
  /** Returns an approval request, by the secret after the `#` of its link. */
  getAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation>;
  /** Starts the one approval that a request allows, by the secret of its link. */
  authorizeAsRequested(secret: string): Promise<Authorization>;
  /** Declines an approval request, by the secret of its link. It can't be approved afterwards. */
  declineAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation>;
  /**
   * Returns the settings in an issuer's metadata. Rejects with `invalid_request` and `fields.issuer` if it can't be
   * loaded.
   */
  readIssuer(issuer: string): Promise<IssuerProposal>;
  /**
   * Returns the settings in an API description. Rejects with `invalid_request` and the line or pointer if it is
   * invalid.
   */
  importOpenApi(request: OpenApiImport): Promise<OpenApiProposal>;
  /** Returns how the API description that a datasource was imported from has changed since. */
  getDescriptionChanges(name: string): Promise<DescriptionChanges>;
  /** Returns the provider presets. */
  listPresets(): Promise<{ items: Preset[] }>;
  /** Returns the plugins to choose consumers from. Plugins of other backends may be missing. */
  listPlugins(): Promise<PluginList>;
  /** Returns facts of this instance: redirect URI, allowed grants, setup checks. */
  getHealth(): Promise<Health>;
}

/**
 * Ref of {@link DatasourceAuthApi}.
 *
 * @public
 */
export const datasourceAuthApiRef = createApiRef<DatasourceAuthApi>({
  id: 'plugin.datasource-auth',
});
