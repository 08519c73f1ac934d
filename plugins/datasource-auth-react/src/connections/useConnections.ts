import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ConnectionList } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef, type Loaded } from '../client';
import { useWatched } from '../client/useWatched';

/**
 * Loads the datasources to which the user can connect their own account, and is connected. With `watchEvery`
 * (milliseconds), the list reloads in that interval, when the window gets the focus, and when the backend signals a
 * change.
 *
 * @public
 */
export function useConnections(
  options: { watchEvery?: number } = {},
): Loaded<ConnectionList> {
  const api = useApi(datasourceAuthApiRef);
  const load = useCallback(() => api.listConnections(), [api]);
  const { newer, takeNewer, ...loaded } = useWatched(load, options.watchEvery);
  useEffect(() => {
    if (newer) takeNewer();
  }, [newer, takeNewer]);
  return loaded;
}
