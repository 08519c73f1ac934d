import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** Loads the consumers that a change to a datasource affects. */
export function useImpact(name: string) {
  const api = useApi(datasourceAuthApiRef);
  return useAsync(() => api.getImpact(name), [api, name]);
}
