import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** What is known of the open requests of a datasource. */
export type OpenRequests = ReturnType<typeof useAuthorizationRequests>;

/** The open requests of a datasource, for those who may ask; none without its name. */
export function useAuthorizationRequests(name: string | undefined) {
  const api = useApi(datasourceAuthApiRef);
  return useAsyncRetry(
    async () => (name ? (await api.listAuthorizationRequests(name)).items : []),
    [api, name],
  );
}
