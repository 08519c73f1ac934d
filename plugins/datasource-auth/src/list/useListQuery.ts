import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { DatasourceListQuery } from 'backstage-plugin-datasource-auth-common';
import { inSlices } from './inSlices';

/** The filters of the list, as in the address. */
export const FILTERS = [
  'search',
  'status',
  'way',
  'owner',
  'consumer',
  'attention',
] as const;

/** One filter. */
export type Filter = (typeof FILTERS)[number];

const PAGE_SIZE = 50;

/** Keeps the list's query in the address, so that it can be shared and survives a reload. */
export function useListQuery() {
  const [params, setParams] = useSearchParams();
  const query = useMemo<DatasourceListQuery>(() => {
    const filters = Object.fromEntries(
      FILTERS.flatMap(name => {
        const value = params.get(name);
        return value ? [[name, value]] : [];
      }),
    );
    return {
      ...filters,
      limit: PAGE_SIZE,
      cursor: params.get('cursor') ?? undefined,
    };
  }, [params]);
  const setFilter = useCallback(
    (name: Filter | 'cursor', value: string | undefined) =>
      inSlices(() =>
        setParams(
          before => {
            const next = new URLSearchParams(before);
            if (name !== 'cursor') next.delete('cursor');
            if (value) next.set(name, value);
            else next.delete(name);
            return next;
          },
          { replace: name !== 'cursor' },
        ),
      ),
    [setParams],
  );
  const clear = useCallback(
    () => inSlices(() => setParams({}, { replace: true })),
    [setParams],
  );
  const filtered = FILTERS.some(name => params.has(name));
  return { query, params, setFilter, clear, filtered };
}
