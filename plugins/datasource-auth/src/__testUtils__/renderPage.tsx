import { Fragment, ReactNode, useContext, useMemo, useState } from 'react';
import { act } from '@testing-library/react';
import { alertApiRef, AnyApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  Route,
  Routes,
  UNSAFE_LocationContext as LocationContext,
  useLocation,
} from 'react-router-dom';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
  datasourceAuthRouteRef,
} from 'backstage-plugin-datasource-auth-react';
import { DatasourceAuthRouter } from '../DatasourceAuthRouter';
import { WithoutStyleSheets } from './WithoutStyleSheets';

const Address = () => {
  const { pathname, search, hash, key } = useLocation();
  return (
    <p aria-label="address" data-entry={key}>
      {pathname + search + hash}
    </p>
  );
};

/** Each change of the address brings another copy of its state, as in a browser. */
const CopiedState = ({ children }: { children: ReactNode }) => {
  const { location, navigationType } = useContext(LocationContext);
  const copied = useMemo(() => {
    const state = location.state && JSON.parse(JSON.stringify(location.state));
    return { location: { ...location, state }, navigationType };
  }, [location, navigationType]);
  return (
    <LocationContext.Provider value={copied}>
      {children}
    </LocationContext.Provider>
  );
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
  let remount = () => {};
  /** Renders the page from nothing on request, as Backstage does when its theme changes. */
  const Remountable = ({ children }: { children: ReactNode }) => {
    const [times, setTimes] = useState(0);
    remount = () => act(() => setTimes(times + 1));
    return <Fragment key={times}>{children}</Fragment>;
  };
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
        <CopiedState>
          <Remountable>
            <Routes>
              <Route
                path="/datasource-auth/*"
                element={<DatasourceAuthRouter />}
              />
            </Routes>
          </Remountable>
          <Address />
          {options.beside}
        </CopiedState>
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
  return { toasts, remount: () => remount() };
}
