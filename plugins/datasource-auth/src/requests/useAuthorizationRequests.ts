import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** The open requests of a datasource, for those who may ask. */
export function useAuthorizationRequests(name: string) {
  const api = useApi(datasourceAuthApiRef);
  return useAsyncRetry(
    async () => (await api.listAuthorizationRequests(name)).items,
    [api, name],
  );
}
