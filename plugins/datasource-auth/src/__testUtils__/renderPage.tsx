import { ReactNode } from 'react';
import { alertApiRef, AnyApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { DatasourceAuthRouter } from '../DatasourceAuthRouter';
import { WithoutStyleSheets } from './WithoutStyleSheets';

const Address = () => {
  const { pathname, search, hash } = useLocation();
  return <p aria-label="address">{pathname + search + hash}</p>;
};

/**
 * Renders the page at an address as an app mounts it, with additional APIs if needed. `toasts` receives the page's
 * toast messages; `beside` is rendered after the page.
 */
export async function renderPage(
  api: DatasourceAuthApi,
  path: string,
  more: Array<readonly [AnyApiRef, unknown]> = [],
  options: { beside?: ReactNode } = {},
) {
  const toasts: string[] = [];
  const alertApi = {
    post: ({ message }: { message: string }) => {
      toasts.push(message);
    },
    alert$: () => {
      throw new Error('Not expected');
    },
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, api],
        [alertApiRef, alertApi],
        ...(more as never[]),
      ]}
    >
      <WithoutStyleSheets>
        <Routes>
          <Route path="/datasource-auth/*" element={<DatasourceAuthRouter />} />
        </Routes>
        <Address />
        {options.beside}
      </WithoutStyleSheets>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/datasource-auth': datasourceAuthRouteRef,
      },
    },
  );
  return { toasts };
}
