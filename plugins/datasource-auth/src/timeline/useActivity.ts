import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ActivityEntry,
  ActivityQuery,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** The filters of the timeline. */
export type ActivityFilter = Pick<ActivityQuery, 'kind' | 'actor'>;

interface State {
  entries: ActivityEntry[];
  nextBefore?: number;
  loading: boolean;
  error?: Error;
  /** The first entry of the last loaded page, if any. */
  added?: string;
}

const PAGE = 50;
const DOWNLOAD_PAGE = 200;

/** Loads the timeline of a datasource page by page. */
export function useActivity(name: string, filter: ActivityFilter) {
  const api = useApi(datasourceAuthApiRef);
  const { kind, actor } = filter;
  const [state, setState] = useState<State>({ entries: [], loading: true });
  const latest = useRef(0);

  const load = useCallback(
    async (before?: number) => {
      latest.current += 1;
      const mine = latest.current;
      setState(last => ({
        ...last,
        // Hide results of the previous filter.
        entries: before === undefined ? [] : last.entries,
        loading: true,
        error: undefined,
      }));
      try {
        const page = await api.listActivity(name, {
          kind,
          actor,
          limit: PAGE,
          before,
        });
        if (mine !== latest.current) return;
        setState(last => ({
          entries: [...last.entries, ...page.items],
          nextBefore: page.nextBefore,
          loading: false,
          added: before === undefined ? undefined : page.items[0]?.id,
        }));
      } catch (error) {
        if (mine === latest.current)
          setState(last => ({
            ...last,
            loading: false,
            error: error as Error,
          }));
      }
    },
    [api, name, kind, actor],
  );

  useEffect(() => {
    load();
    return () => {
      latest.current += 1;
    };
  }, [load]);

  const { nextBefore } = state;
  return {
    ...state,
    retry: () => load(),
    more: nextBefore === undefined ? undefined : () => load(nextBefore),
    /** Loads all entries that match the filter, shown or not. */
    all: async (): Promise<ActivityEntry[]> => {
      const entries: ActivityEntry[] = [];
      let before: number | undefined;
      do {
        const page = await api.listActivity(name, {
          kind,
          actor,
          limit: DOWNLOAD_PAGE,
          before,
        });
        entries.push(...page.items);
        before = page.nextBefore;
      } while (before !== undefined);
      return entries;
    },
  };
}
