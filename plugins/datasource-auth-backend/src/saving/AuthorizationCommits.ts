import { AnsweredRequests } from '../authorizations/AnsweredRequests';
import {
  authorizationEnded,
  AuthorizationFlow,
  AuthorizationRequest,
} from '../authorizations/AuthorizationFlow';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { CredentialWriter } from './CredentialWriter';
import { DatasourceTransaction } from './DatasourceTransaction';

/**
 * Begins and completes authorization attempts whose credential takes effect without a Save: from the list, the detail
 * page, declared datasources and approval requests.
 */
export class AuthorizationCommits {
  readonly #flow: AuthorizationFlow;
  readonly #store: AuthorizationStore;
  readonly #credentialWriter: CredentialWriter;
  readonly #datasources: Datasources;
  readonly #requests: () => AnsweredRequests;
  readonly #transaction: DatasourceTransaction;

  constructor(options: {
    flow: AuthorizationFlow;
    store: AuthorizationStore;
    credentialWriter: CredentialWriter;
    datasources: Datasources;
    requests: () => AnsweredRequests;
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
   * Begins an attempt and stores what was granted immediately.
   *
   * @throws DatasourceAuthError `credential_out_of_date`
   */
  async begin(
    request: AuthorizationRequest,
  ): ReturnType<AuthorizationFlow['begin']> {
    const begun = await this.#flow.begin(request);
    const { row } = begun;
    if (!row.commit || row.status !== 'granted') return begun;
    await this.#commit(request.datasource!, row, request.by);
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
    const { requestId } = row;
    try {
      await this.#commit(datasource, row, by);
    } catch (error) {
      // If the request has ended, the attempt is destroyed: it was approved only for that request.
      if (requestId) await this.#store.delete(id);
      throw error;
    }
    if (requestId) await this.#requests().approved(requestId);
    return this.#flow.get(id, by);
  }

  /**
   * Stores the credential without changing settings. A credential for a request also ends the request, or isn't stored.
   */
  async #commit(
    datasource: LoadedDatasource,
    { id, requestId }: AuthorizationRow,
    by: string,
  ): Promise<void> {
    const { record } = datasource;
    await this.#transaction.run(record.id, by, async trx => {
      const request = requestId
        ? await this.#requests().approve(requestId, datasource, { by, trx })
        : undefined;
      await this.#credentialWriter.replace(
        { ...record, secrets: datasource.secrets },
        id,
        { by, trx, request },
      );
    });
  }
}
