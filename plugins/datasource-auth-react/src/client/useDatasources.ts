import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceList,
  DatasourceListQuery,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from './DatasourceAuthApi';
import { Loaded } from './useDatasource';

/**
 * A list that is watched in the background.
 *
 * @public
 */
export interface WatchedDatasources extends Loaded<DatasourceList> {
  /** How many rows differ from what is shown. Rows never move by themselves. */
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
 * The datasources that match a query. With `watchEvery` (milliseconds) the list is asked for again in that interval
 * and when the window gets the focus; what changed is counted, and shown when the user says so.
 *
 * @public
 */
export function useDatasources(
  query: DatasourceListQuery = {},
  options: { watchEvery?: number } = {},
): WatchedDatasources {
  const api = useApi(datasourceAuthApiRef);
  const { watchEvery } = options;
  const key = JSON.stringify(query);
  const [state, setState] = useState<{
    value?: DatasourceList;
    loading: boolean;
    error?: Error;
  }>({ loading: true });
  const [newer, setNewer] = useState<DatasourceList>();
  const latest = useRef(0);

  const load = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    setState(before => ({ value: before.value, loading: true }));
    setNewer(undefined);
    try {
      const value = await api.listDatasources(JSON.parse(key));
      if (mine === latest.current) setState({ value, loading: false });
    } catch (error) {
      if (mine === latest.current)
        setState({ loading: false, error: error as Error });
    }
  }, [api, key]);

  useEffect(() => {
    load();
    return () => {
      latest.current += 1;
    };
  }, [load]);

  useEffect(() => {
    if (!watchEvery) return undefined;
    const look = async () => {
      const mine = latest.current;
      // A failed look in the background says nothing: the shown list is still the last one known.
      const list = await api
        .listDatasources(JSON.parse(key))
        .catch(() => undefined);
      if (list && mine === latest.current) setNewer(list);
    };
    const timer = setInterval(look, watchEvery);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', look);
    };
  }, [api, key, watchEvery]);

  const changes = newer && state.value ? countChanges(state.value, newer) : 0;
  const showChanges = useCallback(() => {
    if (newer) setState({ value: newer, loading: false });
    setNewer(undefined);
  }, [newer]);

  return { ...state, retry: load, changes, showChanges };
}
