import { useApi } from '@backstage/core-plugin-api';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { datasourceAuthApiRef } from './DatasourceAuthApi';

/**
 * What a hook of this package says about something it loads.
 *
 * @public
 */
export interface Loaded<T> {
  value?: T;
  loading: boolean;
  error?: Error;
  /** Asks again; `value` stays until the new answer is there. */
  retry: () => void;
}

/**
 * One datasource by name.
 *
 * @public
 */
export function useDatasource(name: string): Loaded<Datasource> {
  const api = useApi(datasourceAuthApiRef);
  return useAsyncRetry(() => api.getDatasource(name), [api, name]);
}
