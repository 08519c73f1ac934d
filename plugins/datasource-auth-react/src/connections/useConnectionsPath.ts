import { useRouteRef } from '@backstage/core-plugin-api';
import { datasourceAuthRouteRef } from './datasourceAuthRouteRef';

/** Returns the path of *My connections*, at the card of a datasource. */
export function useConnectionsPath(datasource: string): string {
  const root = useRouteRef(datasourceAuthRouteRef)();
  const query = new URLSearchParams({ datasource });
  return `${root.replace(/\/$/, '')}/connections?${query}`;
}
