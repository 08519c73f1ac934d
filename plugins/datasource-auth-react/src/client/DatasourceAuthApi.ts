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
  Consumers,
  Datasource,
  DatasourceList,
  DatasourceListQuery,
  DatasourceWrite,
  DescriptionChanges,
  Health,
  Impact,
  IssuerProposal,
  OpenApiImport,
  OpenApiProposal,
  Preset,
  RehearsalResult,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';

/**
 * What the frontend asks of the datasource-auth backend. Every method rejects with a `DatasourceAuthError`, whose
 * `code` is stable.
 *
 * @public
 */
export interface DatasourceAuthApi {
  /** One page of the datasources that the user may see. */
  listDatasources(query?: DatasourceListQuery): Promise<DatasourceList>;
  /** One datasource with its settings, never with a secret. */
  getDatasource(name: string): Promise<Datasource>;
  /** Saves a new one, with a credential if one was obtained before; `name_taken` if there is one of that name. */
  createDatasource(body: DatasourceWrite): Promise<Datasource>;
  /** Replaces the settings whole; `version_conflict` if another version is stored than the one named. */
  updateDatasource(
    name: string,
    body: DatasourceWrite,
    options: { version: number },
  ): Promise<Datasource>;
  /** Rejects with `in_use` unless forced. */
  deleteDatasource(
    name: string,
    options?: { force?: boolean; revoke?: boolean },
  ): Promise<void>;
  /** Deletes the stored tokens at once; settings stay. */
  clearCredential(
    name: string,
    options?: { revoke?: boolean },
  ): Promise<Datasource>;
  /** Obtains or uses the stored credential, and calls the test path if there is one. */
  testDatasource(name: string): Promise<TestResult>;
  /** Renews the stored credential now, for real, and says what the provider did. */
  rehearseRenewal(name: string): Promise<RehearsalResult>;
  /** What happened to a datasource, newest first. */
  listActivity(name: string, query?: ActivityQuery): Promise<ActivityPage>;
  /** Who used a datasource, and how often. */
  listConsumers(name: string): Promise<Consumers>;
  /** Whom a change touches: who took tokens in the last 24 hours. */
  getImpact(name: string): Promise<Impact>;
  /** The settings as YAML for app-config, without secrets. */
  exportDatasource(name: string): Promise<string>;
  /** Begins an attempt at obtaining a credential; grants that need no person are run at once. */
  createAuthorization(body: AuthorizationCreate): Promise<Authorization>;
  /** How far an attempt of this user has come. */
  getAuthorization(id: string): Promise<Authorization>;
  /** Drops an attempt and what was staged in it. Nothing is revoked. */
  discardAuthorization(id: string): Promise<void>;
  /** Ends an attempt with what the browser brought back from the provider. */
  completeAuthorization(id: string, completion: string): Promise<Authorization>;
  /** Tests the credential that is staged in an attempt. */
  testAuthorization(id: string): Promise<TestResult>;
  /** The requests that somebody authorize a datasource that can still be answered. */
  listAuthorizationRequests(name: string): Promise<AuthorizationRequestList>;
  /** Asks somebody else to authorize a datasource. The answer has the link, which is told once. */
  createAuthorizationRequest(
    body: AuthorizationRequestCreate,
  ): Promise<AuthorizationRequestEntry>;
  /** Takes a request back, by its id. */
  withdrawAuthorizationRequest(id: string): Promise<void>;
  /** What is asked for, by the secret of the link, which stands behind its #. */
  getAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation>;
  /** Begins the one approval that a request allows, by the secret of the link. */
  authorizeAsRequested(secret: string): Promise<Authorization>;
  /** Says no to a request, by the secret of the link; nobody can answer it any more. */
  declineAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation>;
  /** What an issuer's metadata says about the settings; `invalid_request` with `fields.issuer` if it cannot be had. */
  readIssuer(issuer: string): Promise<IssuerProposal>;
  /** What an API description says of obtaining tokens; `invalid_request` with line or pointer if it cannot be read. */
  importOpenApi(request: OpenApiImport): Promise<OpenApiProposal>;
  /** What the API description that a datasource was imported from says differently since. */
  getDescriptionChanges(name: string): Promise<DescriptionChanges>;
  /** What is known of providers. */
  listPresets(): Promise<{ items: Preset[] }>;
  /** Facts of this instance: redirect URI, allowed grants, setup checks. */
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
