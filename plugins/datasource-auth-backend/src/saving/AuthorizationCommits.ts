import {
  authorizationEnded,
  AuthorizationFlow,
  AuthorizationRequest,
} from '../authorizations/AuthorizationFlow';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { AuthorizationRequests } from '../requests/AuthorizationRequests';
import { AnsweredRequest, CredentialWriter } from './CredentialWriter';
import { DatasourceTransaction } from './DatasourceTransaction';

/**
 * Begins and completes attempts, and stores the credential of those that take effect without a Save: on the list, on the
 * detail page, for declared datasources and in response to a request.
 */
export class AuthorizationCommits {
  readonly #flow: AuthorizationFlow;
  readonly #store: AuthorizationStore;
  readonly #credentialWriter: CredentialWriter;
  readonly #datasources: Datasources;
  readonly #requests: AuthorizationRequests;
  readonly #transaction: DatasourceTransaction;

  constructor(options: {
    flow: AuthorizationFlow;
    store: AuthorizationStore;
    credentialWriter: CredentialWriter;
    datasources: Datasources;
    requests: AuthorizationRequests;
    transaction: DatasourceTransaction;
  }) {
    this.#flow = options.flow;
    this.#store = options.store;
    this.#credentialWriter = options.credentialWriter;
    this.#datasources = options.datasources;
    this.#requests = options.requests;
    this.#transaction = options.transaction;
  }

  /**
   * Begins an attempt, and stores what was granted at once.
   *
   * @throws DatasourceAuthError `credential_out_of_date`
   */
  async begin(
    request: AuthorizationRequest,
  ): ReturnType<AuthorizationFlow['begin']> {
    const begun = await this.#flow.begin(request);
    const { row } = begun;
    if (!row.commit || row.status !== 'granted') return begun;
    await this.#commit(request.datasource!, row.id, { by: request.by });
    return { row: await this.#flow.get(row.id, request.by) };
  }

  /**
   * Completes an attempt as {@link AuthorizationFlow.grant} does.
   *
   * @throws DatasourceAuthError `credential_out_of_date`, `request_ended`
   */
  async complete(
    ...[id, completion, by, assertAllowed]: Parameters<
      AuthorizationFlow['grant']
    >
  ): Promise<AuthorizationRow> {
    const row = await this.#flow.grant(id, completion, by, assertAllowed);
    if (!row.commit) return row;
    const datasource = await this.#datasources.findById(row.datasourceId!);
    if (!datasource) throw authorizationEnded();
    await this.#commitAs(row, datasource, by);
    return this.#flow.get(id, by);
  }

  /** An attempt for a request that is over by now is destroyed: it was approved for nothing else. */
  async #commitAs(
    { id, requestId }: AuthorizationRow,
    datasource: LoadedDatasource,
    by: string,
  ): Promise<void> {
    try {
      const asked = requestId
        ? await this.#requests.findById(requestId)
        : undefined;
      if (requestId && !asked) throw authorizationEnded();
      await this.#commit(datasource, id, { by, request: asked?.request });
    } catch (error) {
      if (requestId) await this.#store.delete(id);
      throw error;
    }
    if (requestId) await this.#requests.approved(requestId);
  }

  /** Stores the credential without touching settings. One for a request ends the request with it, or is not stored. */
  async #commit(
    datasource: LoadedDatasource,
    authorizationId: string,
    { by, request }: { by: string; request?: AnsweredRequest },
  ): Promise<void> {
    const { record } = datasource;
    await this.#transaction.run(record.id, trx =>
      request
        ? this.#credentialWriter.answer(datasource, authorizationId, {
            ...{ by, trx, request },
          })
        : this.#credentialWriter.replace(record, authorizationId, { by, trx }),
    );
  }
}
