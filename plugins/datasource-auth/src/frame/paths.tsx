import { createContext, ReactNode, useContext, useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';

/** The addresses of the page's views, wherever an app mounts it. */
export interface Paths {
  list: string;
  /** Where a new datasource begins: what to start from. */
  start: string;
  /** The editor of a new datasource. */
  create: string;
  gallery: string;
  /** The import from an OpenAPI document. */
  openapi: string;
  provider: (id: string) => string;
  admin: string;
  detail: (name: string) => string;
  tab: (name: string, tab: string) => string;
  edit: (name: string) => string;
}

const PathsContext = createContext<Paths | undefined>(undefined);

/** Finds out where the page is mounted. To stand directly in the mounted route. */
export const PathsProvider = ({ children }: { children: ReactNode }) => {
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  const paths = useMemo<Paths>(() => {
    const below = (path: string) => `${root}/${path}`;
    return {
      list: root || '/',
      start: below('new'),
      create: below('new/blank'),
      gallery: below('new/gallery'),
      openapi: below('new/openapi'),
      provider: id => below(`new/gallery/${encodeURIComponent(id)}`),
      admin: below('admin'),
      detail: name => below(encodeURIComponent(name)),
      tab: (name, tab) => below(`${encodeURIComponent(name)}/${tab}`),
      edit: name => below(`${encodeURIComponent(name)}/edit`),
    };
  }, [root]);
  return (
    <PathsContext.Provider value={paths}>{children}</PathsContext.Provider>
  );
};

/** The addresses of the page's views. */
export function usePaths(): Paths {
  const paths = useContext(PathsContext);
  if (!paths)
    throw new Error('The view stands outside of the datasources page');
  return paths;
}
