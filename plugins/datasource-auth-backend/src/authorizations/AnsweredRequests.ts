import { Knex } from 'knex';
import { LoadedDatasource } from '../datasources/Datasources';

/** The authorization request that an attempt is for. */
export interface AnsweredRequest {
  id: string;
  askedBy: string;
}

/** The part of approval requests that attempts need. `requests/` implements it. */
export interface AnsweredRequests {
  /** Whether a request is still open, even if settings changed. */
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
