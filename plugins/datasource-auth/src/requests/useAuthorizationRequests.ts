import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** The open approval requests of a datasource. */
export type OpenRequests = ReturnType<typeof useAuthorizationRequests>;

/** Loads the open approval requests of a datasource for users who may send them; none without its name. */
export function useAuthorizationRequests(name: string | undefined) {
  const api = useApi(datasourceAuthApiRef);
  return useAsyncRetry(
    async () => (name ? (await api.listAuthorizationRequests(name)).items : []),
    [api, name],
  );
}
