import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** Loads the plugins to choose consumers from. Users who may not choose get an error. */
export function useKnownPlugins() {
  const api = useApi(datasourceAuthApiRef);
  return useAsync(() => api.listPlugins(), [api]);
}
