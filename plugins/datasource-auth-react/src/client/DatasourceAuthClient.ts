import { FetchApi } from '@backstage/core-plugin-api';
import {
  ActivityPage,
  ActivityQuery,
  Authorization,
  AUTHORIZATION_REQUEST_HEADER,
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
import { DatasourceAuthApi } from './DatasourceAuthApi';
import { readError } from './readError';

const BASE = 'plugin://datasource-auth';

type Query = Record<string, string | number | boolean | undefined>;

function pathWithQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== false)
      params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

const segment = encodeURIComponent;

const INVITATION = '/authorization-requests/invitation';

/** Encoded, because the value may contain characters that headers don't allow. */
const withSecret = (secret: string) => ({
  [AUTHORIZATION_REQUEST_HEADER]: encodeURIComponent(secret),
});

/**
 * Calls the HTTP API of the datasource-auth backend through Backstage's fetch API.
 *
 * @public
 */
export class DatasourceAuthClient implements DatasourceAuthApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  /** {@inheritDoc DatasourceAuthApi.listDatasources} */
  listDatasources(query: DatasourceListQuery = {}): Promise<DatasourceList> {
    return this.#json('GET', pathWithQuery('/datasources', query as Query));
  }

  /** {@inheritDoc DatasourceAuthApi.getDatasource} */
  getDatasource(name: string): Promise<Datasource> {
    return this.#json('GET', `/datasources/${segment(name)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.createDatasource} */
  createDatasource(body: DatasourceWrite): Promise<Datasource> {
    return this.#json('POST', '/datasources', body);
  }

  /** {@inheritDoc DatasourceAuthApi.updateDatasource} */
  updateDatasource(
    name: string,
    body: DatasourceWrite,
    options: { version: number },
  ): Promise<Datasource> {
    return this.#json('PUT', `/datasources/${segment(name)}`, body, {
      'If-Match': `"${options.version}"`,
    });
  }

  /** {@inheritDoc DatasourceAuthApi.deleteDatasource} */
  async deleteDatasource(
    name: string,
    options: { force?: boolean; revoke?: boolean } = {},
  ): Promise<void> {
    await this.#send(
      'DELETE',
      pathWithQuery(`/datasources/${segment(name)}`, options),
    );
  }

  /** {@inheritDoc DatasourceAuthApi.clearCredential} */
  clearCredential(
    name: string,
    options: { revoke?: boolean } = {},
  ): Promise<Datasource> {
    return this.#json(
      'DELETE',
      pathWithQuery(`/datasources/${segment(name)}/credential`, options),
    );
  }

  /** {@inheritDoc DatasourceAuthApi.testDatasource} */
  testDatasource(name: string): Promise<TestResult> {
    return this.#json('POST', `/datasources/${segment(name)}/test`, {});
  }

  /** {@inheritDoc DatasourceAuthApi.rehearseRenewal} */
  rehearseRenewal(name: string): Promise<RehearsalResult> {
    return this.#json('POST', `/datasources/${segment(name)}/rehearsal`, {});
  }

  /** {@inheritDoc DatasourceAuthApi.listActivity} */
  listActivity(name: string, query: ActivityQuery = {}): Promise<ActivityPage> {
    return this.#json(
      'GET',
      pathWithQuery(`/datasources/${segment(name)}/activity`, query as Query),
    );
  }

  /** {@inheritDoc DatasourceAuthApi.listConsumers} */
  listConsumers(name: string): Promise<Consumers> {
    return this.#json('GET', `/datasources/${segment(name)}/consumers`);
  }

  /** {@inheritDoc DatasourceAuthApi.getImpact} */
  getImpact(name: string): Promise<Impact> {
    return this.#json('GET', `/datasources/${segment(name)}/impact`);
  }

  /** {@inheritDoc DatasourceAuthApi.exportDatasource} */
  async exportDatasource(name: string): Promise<string> {
    const response = await this.#send(
      'GET',
      `/datasources/${segment(name)}/export`,
    );
    return response.text();
  }

  /** {@inheritDoc DatasourceAuthApi.createAuthorization} */
  createAuthorization(body: AuthorizationCreate): Promise<Authorization> {
    return this.#json('POST', '/authorizations', body);
  }

  /** {@inheritDoc DatasourceAuthApi.getAuthorization} */
  getAuthorization(id: string): Promise<Authorization> {
    return this.#json('GET', `/authorizations/${segment(id)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.discardAuthorization} */
  async discardAuthorization(id: string): Promise<void> {
    await this.#send('DELETE', `/authorizations/${segment(id)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.completeAuthorization} */
  completeAuthorization(
    id: string,
    completion: string,
  ): Promise<Authorization> {
    return this.#json('POST', `/authorizations/${segment(id)}/completion`, {
      completion,
    });
  }

  /** {@inheritDoc DatasourceAuthApi.testAuthorization} */
  testAuthorization(id: string): Promise<TestResult> {
    return this.#json('POST', `/authorizations/${segment(id)}/test`, {});
  }

  /** {@inheritDoc DatasourceAuthApi.listConnections} */
  listConnections(): Promise<ConnectionList> {
    return this.#json('GET', '/connections');
  }

  /** {@inheritDoc DatasourceAuthApi.confirmConnection} */
  confirmConnection(
    authorizationId: string,
    confirmation: ConnectionConfirmation,
  ): Promise<Authorization> {
    return this.#json(
      'POST',
      `/authorizations/${segment(authorizationId)}/confirmation`,
      confirmation,
    );
  }

  /** {@inheritDoc DatasourceAuthApi.enterConnection} */
  enterConnection(
    name: string,
    entry: ConnectionEntry,
  ): Promise<EnteredConnection> {
    return this.#json('PUT', `/connections/${segment(name)}`, entry);
  }

  /** {@inheritDoc DatasourceAuthApi.disconnect} */
  disconnect(name: string): Promise<Disconnection> {
    return this.#json('DELETE', `/connections/${segment(name)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.listConnectedPeople} */
  listConnectedPeople(
    name: string,
    query: ConnectedPeopleQuery = {},
  ): Promise<ConnectedPeople> {
    return this.#json(
      'GET',
      pathWithQuery(
        `/datasources/${segment(name)}/connections`,
        query as Query,
      ),
    );
  }

  /** {@inheritDoc DatasourceAuthApi.disconnectPerson} */
  disconnectPerson(name: string, userRef: string): Promise<Disconnection> {
    return this.#json(
      'DELETE',
      `/datasources/${segment(name)}/connections/${segment(userRef)}`,
    );
  }

  /** {@inheritDoc DatasourceAuthApi.disconnectEveryone} */
  disconnectEveryone(name: string): Promise<Disconnections> {
    return this.#json('DELETE', `/datasources/${segment(name)}/connections`);
  }

  /** {@inheritDoc DatasourceAuthApi.getDelegation} */
  getDelegation(id: string): Promise<DelegationDetails> {
    return this.#json('GET', `/delegations/${segment(id)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.approveDelegation} */
  approveDelegation(
    id: string,
    approval: DelegationApproval,
  ): Promise<DelegationDetails> {
    return this.#json('POST', `/delegations/${segment(id)}/approval`, approval);
  }

  /** {@inheritDoc DatasourceAuthApi.takeBackDelegation} */
  async takeBackDelegation(id: string): Promise<void> {
    await this.#send('DELETE', `/delegations/${segment(id)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.listAuthorizationRequests} */
  listAuthorizationRequests(name: string): Promise<AuthorizationRequestList> {
    return this.#json(
      'GET',
      `/datasources/${segment(name)}/authorization-requests`,
    );
  }

  /** {@inheritDoc DatasourceAuthApi.createAuthorizationRequest} */
  createAuthorizationRequest(
    body: AuthorizationRequestCreate,
  ): Promise<AuthorizationRequestEntry> {
    return this.#json('POST', '/authorization-requests', body);
  }

  /** {@inheritDoc DatasourceAuthApi.withdrawAuthorizationRequest} */
  async withdrawAuthorizationRequest(id: string): Promise<void> {
    await this.#send('DELETE', `/authorization-requests/${segment(id)}`);
  }

  /** {@inheritDoc DatasourceAuthApi.getAuthorizationRequest} */
  getAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation> {
    return this.#json('GET', INVITATION, undefined, withSecret(secret));
  }

  /** {@inheritDoc DatasourceAuthApi.authorizeAsRequested} */
  authorizeAsRequested(secret: string): Promise<Authorization> {
    return this.#json(
      'POST',
      `${INVITATION}/authorization`,
      { display: 'page' },
      withSecret(secret),
    );
  }

  /** {@inheritDoc DatasourceAuthApi.declineAuthorizationRequest} */
  declineAuthorizationRequest(
    secret: string,
  ): Promise<AuthorizationRequestInvitation> {
    return this.#json('POST', `${INVITATION}/decline`, {}, withSecret(secret));
  }

  /** {@inheritDoc DatasourceAuthApi.readIssuer} */
  readIssuer(issuer: string): Promise<IssuerProposal> {
    return this.#json('POST', '/imports/issuer', { issuer });
  }

  /** {@inheritDoc DatasourceAuthApi.importOpenApi} */
  importOpenApi(request: OpenApiImport): Promise<OpenApiProposal> {
    return this.#json('POST', '/imports/openapi', request);
  }

  /** {@inheritDoc DatasourceAuthApi.getDescriptionChanges} */
  getDescriptionChanges(name: string): Promise<DescriptionChanges> {
    return this.#json(
      'GET',
      `/datasources/${segment(name)}/description-changes`,
    );
  }

  /** {@inheritDoc DatasourceAuthApi.listPresets} */
  listPresets(): Promise<{ items: Preset[] }> {
    return this.#json('GET', '/providers');
  }

  /** {@inheritDoc DatasourceAuthApi.listPlugins} */
  listPlugins(): Promise<PluginList> {
    return this.#json('GET', '/plugins');
  }

  /** {@inheritDoc DatasourceAuthApi.getHealth} */
  getHealth(): Promise<Health> {
    return this.#json('GET', '/health');
  }

  async #json<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await this.#send(method, path, body, headers);
    return (await response.json()) as T;
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await this.#fetchApi.fetch(`${BASE}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw await readError(response);
    return response;
  }
}
