import { createContext, ReactNode, useContext, useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthRouteRef } from 'backstage-plugin-datasource-auth-react';

/** Query parameter of the import page that names the entity to import from. */
export const ENTITY_PARAMETER = 'entity';

/** Query parameter of the editor that moves the focus to the setting that the status is about. */
export const FIX_PARAMETER = 'fix';

/** The addresses of the page's views, relative to where the app mounts it. */
export interface Paths {
  list: string;
  /** The editor for a new datasource. */
  create: string;
  /** The connect flow for an API without a preset. */
  connect: string;
  /** Where a new datasource starts. */
  gallery: string;
  /** The import of an OpenAPI document. */
  openapi: string;
  /** The import of a catalog entity's API description. */
  importOf: (entityRef: string) => string;
  provider: (id: string) => string;
  admin: string;
  /** Where people connect their own accounts. */
  connections: string;
  /** The page of a delegation that a plugin asks for. */
  delegation: (id: string) => string;
  /** The card of a datasource there. */
  connection: (name: string, authorizationId?: string) => string;
  /** The page for recipients of approval requests. The address doesn't contain the request. */
  request: string;
  detail: (name: string) => string;
  tab: (name: string, tab: string) => string;
  edit: (name: string) => string;
  /** The editor at the setting that the status is about. */
  fix: (name: string) => string;
}

const PathsContext = createContext<Paths | undefined>(undefined);

function pathsBelow(root: string): Paths {
  const below = (path: string) => `${root}/${path}`;
  return {
    list: root || '/',
    create: below('new/blank'),
    connect: below('new/connect'),
    gallery: below('new'),
    openapi: below('new/openapi'),
    importOf: entityRef =>
      below(
        `new/openapi?${new URLSearchParams({ [ENTITY_PARAMETER]: entityRef })}`,
      ),
    provider: id => below(`new/gallery/${encodeURIComponent(id)}`),
    admin: below('admin'),
    connections: below('connections'),
    delegation: id =>
      below(`connections/delegations/${encodeURIComponent(id)}`),
    connection: (name, authorizationId) =>
      below(
        `connections?${new URLSearchParams({
          datasource: name,
          ...(authorizationId && { authorization: authorizationId }),
        })}`,
      ),
    request: below('authorize'),
    detail: name => below(encodeURIComponent(name)),
    tab: (name, tab) => below(`${encodeURIComponent(name)}/${tab}`),
    edit: name => below(`${encodeURIComponent(name)}/edit`),
    fix: name => below(`${encodeURIComponent(name)}/edit?${FIX_PARAMETER}`),
  };
}

/** Detects where the page is mounted. Render it directly in the mounted route. */
export const PathsProvider = ({ children }: { children: ReactNode }) => {
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  const paths = useMemo(() => pathsBelow(root), [root]);
  return (
    <PathsContext.Provider value={paths}>{children}</PathsContext.Provider>
  );
};

/** Returns the addresses of the page's views. */
export function usePaths(): Paths {
  const paths = useContext(PathsContext);
  if (!paths)
    throw new Error('The view is rendered outside the datasources page');
  return paths;
}

/** Returns the addresses of the page's views, for components elsewhere in the app. */
export function usePagePaths(): Paths {
  const root = useRouteRef(datasourceAuthRouteRef)?.() ?? '/datasource-auth';
  return useMemo(() => pathsBelow(root.replace(/\/$/, '')), [root]);
}

/** Returns the address at which a datasource that needs attention can be fixed. */
export function fixPath(
  paths: Paths,
  datasource: {
    name: string;
    source: 'database' | 'config';
    status: { state: DatasourceState };
  },
): string {
  const { name, source, status } = datasource;
  return status.state === 'NOT_CONFIGURED' && source === 'database'
    ? paths.fix(name)
    : paths.detail(name);
}
