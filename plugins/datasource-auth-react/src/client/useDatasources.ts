import { useCallback, useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceList,
  DatasourceListQuery,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from './DatasourceAuthApi';
import { Loaded, useWatched } from './useWatched';

/**
 * A list that is watched in the background.
 *
 * @public
 */
export interface WatchedDatasources extends Loaded<DatasourceList> {
  /** How many rows differ from what is shown, while they are held. */
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
 * The datasources that match a query. With `watchEvery` (milliseconds) the list is asked for again in that interval,
 * when the window gets the focus, and when the backend signals a change. While `hold` is true nothing moves: what
 * changed is counted, and shown when the person says so or the hold ends.
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
