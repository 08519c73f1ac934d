import { Knex } from 'knex';
import { LoadedDatasource } from '../datasources/Datasources';

/** The request of somebody else that an attempt answers. */
export interface AnsweredRequest {
  id: string;
  askedBy: string;
}

/** What attempts need to know of the requests that they answer. Those who keep the requests provide it. */
export interface AnsweredRequests {
  /** Whether a request can still be answered, whatever became of the settings. */
  isOpen(id: string): Promise<boolean>;
  /**
   * Ends a request, as part of the transaction that stores the credential.
   *
   * @throws DatasourceAuthError `request_ended`
   */
  approve(
    id: string,
    datasource: Pick<LoadedDatasource, 'record' | 'secrets'>,
    options: { by: string; trx: Knex },
  ): Promise<AnsweredRequest>;
  /** Called once the credential is stored. */
  approved(id: string): Promise<void>;
}
