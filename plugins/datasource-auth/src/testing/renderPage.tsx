import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
} from 'backstage-plugin-datasource-auth-react';
import { DatasourceAuthRouter } from '../DatasourceAuthRouter';

const Address = () => {
  const { pathname, search } = useLocation();
  return <p aria-label="address">{pathname + search}</p>;
};

/** Renders the page at an address, mounted as an app mounts it. `address` says where it is now. */
export function renderPage(api: DatasourceAuthApi, path: string) {
  return renderInTestApp(
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      <Routes>
        <Route path="/datasource-auth/*" element={<DatasourceAuthRouter />} />
        <Route path="/elsewhere" element={<p>Elsewhere</p>} />
      </Routes>
      <Address />
    </TestApiProvider>,
    { routeEntries: [path] },
  );
}
