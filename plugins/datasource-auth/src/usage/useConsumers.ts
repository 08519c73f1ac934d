import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** Loads the consumers of a datasource and how much they use it. */
export function useConsumers(name: string) {
  const api = useApi(datasourceAuthApiRef);
  return useAsyncRetry(() => api.listConsumers(name), [api, name]);
}
