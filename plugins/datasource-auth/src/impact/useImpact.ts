import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** Whom a change of a datasource touches. */
export function useImpact(name: string) {
  const api = useApi(datasourceAuthApiRef);
  return useAsync(() => api.getImpact(name), [api, name]);
}
