import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceList,
  DatasourceListQuery,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from './DatasourceAuthApi';
import { Loaded, useWatched } from './useWatched';

/**
 * A list that is updated in the background.
 *
 * @public
 */
export interface WatchedDatasources extends Loaded<DatasourceList> {
  /** Number of rows that differ from what is shown, while on hold. */
  changes: number;
  /** Shows the newer list. */
  showChanges: () => void;
}

function countChanges(shown: DatasourceList, newer: DatasourceList): number {
  const rows = (list: DatasourceList) =>
    new Map(list.items.map(item => [item.name, JSON.stringify(item)]));
  const before = rows(shown);
  const after = rows(newer);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter(name => before.get(name) !== after.get(name)).length;
}

/**
 * Loads the datasources that match a query. With `watchEvery` (milliseconds), the list reloads in that interval, when
 * the window gets the focus, and when the backend signals a change. While `hold` is true, the list stays the same:
 * changes are counted, and shown on request or when the hold ends.
 *
 * @public
 */
export function useDatasources(
  query: DatasourceListQuery = {},
  options: { watchEvery?: number; hold?: boolean } = {},
): WatchedDatasources {
  const api = useApi(datasourceAuthApiRef);
  const { watchEvery, hold = false } = options;
  const key = JSON.stringify(query);
  const load = useCallback(
    () => api.listDatasources(JSON.parse(key)),
    [api, key],
  );
  const { newer, takeNewer, ...loaded } = useWatched(load, watchEvery);
  const { value } = loaded;
  const changes = newer && value ? countChanges(value, newer) : 0;
  useEffect(() => {
    if (newer && (!hold || changes === 0)) takeNewer();
  }, [newer, hold, changes, takeNewer]);
  return { ...loaded, changes: hold ? changes : 0, showChanges: takeNewer };
}
