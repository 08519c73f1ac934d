import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConsumableDatasource } from 'backstage-plugin-datasource-auth-common';
import { DatasourceToken } from './DatasourceToken';

/**
 * The calls of a consumer to the datasource-auth backend. Without credentials, the plugin acts as itself.
 *
 * @internal
 */
export interface DatasourceAuthBackend {
  requestToken(options: {
    datasource: string;
    credentials?: BackstageCredentials;
    subject?: 'user';
    minValiditySeconds?: number;
    rejectedVersion?: string;
    rejectedRoute?: string;
    acceptedVersion?: string;
  }): Promise<DatasourceToken>;

  /** Calls an API with the key that only the backend has. The response is the API's. */
  callApi(options: {
    datasource: string;
    credentials?: BackstageCredentials;
    subject?: 'service' | 'user';
    url: string;
    init: RequestInit;
  }): Promise<Response>;

  readDatasource(options: {
    datasource: string;
    credentials?: BackstageCredentials;
  }): Promise<ConsumableDatasource>;

  listDatasources(options: {
    credentials?: BackstageCredentials;
  }): Promise<ConsumableDatasource[]>;
}
