import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ActivityEntry,
  ActivityQuery,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** What the timeline is narrowed to. */
export type ActivityFilter = Pick<ActivityQuery, 'kind' | 'actor'>;

interface State {
  entries: ActivityEntry[];
  nextBefore?: number;
  loading: boolean;
  error?: Error;
  /** The first entry of the page that was added last, if one was. */
  added?: string;
}

const PAGE = 50;
const DOWNLOAD_PAGE = 200;

/** The timeline of a datasource, page by page. */
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
        // What another filter found is not shown under this one.
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
    /** Everything that the filter lets through, whether it was shown or not. */
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
