import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConsumableDatasource,
  DelegationCreate,
  DelegationContext,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceToken } from './DatasourceToken';

/**
 * Whose credential a call uses, and on whose behalf.
 *
 * @internal
 */
export interface ActingOptions {
  credentials?: BackstageCredentials;
  subject?: 'service' | 'user';
  /** The handle of a delegation, in place of the two above. */
  delegation?: string;
  context?: DelegationContext;
}

/**
 * The calls of a consumer to the datasource-auth backend. Without credentials, the plugin acts as itself.
 *
 * @internal
 */
export interface DatasourceAuthBackend {
  requestToken(
    options: ActingOptions & {
      datasource: string;
      minValiditySeconds?: number;
      rejectedVersion?: string;
      rejectedRoute?: string;
      acceptedVersion?: string;
    },
  ): Promise<DatasourceToken>;

  /** Returns the handle of a delegation that the user agreed to. */
  delegate(
    options: DelegationCreate & { credentials: BackstageCredentials },
  ): Promise<string>;

  /** Calls an API with the key that only the backend has. The response is the API's. */
  callApi(
    options: ActingOptions & {
      datasource: string;
      url: string;
      init: RequestInit;
    },
  ): Promise<Response>;

  readDatasource(
    options: ActingOptions & { datasource: string },
  ): Promise<ConsumableDatasource>;

  listDatasources(options: {
    credentials?: BackstageCredentials;
  }): Promise<ConsumableDatasource[]>;
}
