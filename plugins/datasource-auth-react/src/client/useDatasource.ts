import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from './DatasourceAuthApi';
import { Loaded, useWatched } from './useWatched';

/**
 * Loads a datasource by name. With `watchEvery` (milliseconds), it reloads in that interval, when the window gets the
 * focus, and when the backend signals a change.
 *
 * @public
 */
export function useDatasource(
  name: string,
  options: { watchEvery?: number } = {},
): Loaded<Datasource> {
  const api = useApi(datasourceAuthApiRef);
  const load = useCallback(() => api.getDatasource(name), [api, name]);
  const { value, loading, error, retry, newer, takeNewer } = useWatched(
    load,
    options.watchEvery,
  );
  useEffect(() => {
    if (newer) takeNewer();
  }, [newer, takeNewer]);
  return {
    // Until the response arrives, the previous one may belong to another name.
    value: value?.name === name ? value : undefined,
    loading,
    error,
    retry,
  };
}
