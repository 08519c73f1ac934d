import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { Progress } from '@backstage/core-components';
import { AuthorizedPage } from './authorized/AuthorizedPage';
import { ConnectPage } from './connect/ConnectPage';
import { DetailPage } from './detail/DetailPage';
import { EditorPage } from './editor/EditorPage';
import { NotFound } from './frame/NotFound';
import { PathsProvider } from './frame/paths';
import { ReadableTheme } from './frame/ReadableTheme';
import { HeaderOwner, HeaderOwnerProvider } from './frame/ViewFrame';
import { GalleryPage } from './gallery/GalleryPage';
import { HealthPage } from './health/HealthPage';
import { ListPage } from './list/ListPage';
import { OpenApiPage } from './openapi/OpenApiPage';
import { RequestPage } from './requests/RequestPage';

// Most people who open it come from another plugin, and need nothing else of the page.
const ConnectionsPage = lazy(() =>
  import('./connections/ConnectionsPage').then(m => ({
    default: m.ConnectionsPage,
  })),
);

const DelegationPage = lazy(() =>
  import('./connections/DelegationPage').then(m => ({
    default: m.DelegationPage,
  })),
);

/** Props of {@link DatasourceAuthRouter}. */
export interface DatasourceAuthRouterProps {
  /** Whether the page or the app draws the header. */
  headerOwner?: HeaderOwner;
}

/** The page's views by path. */
export const DatasourceAuthRouter = (props: DatasourceAuthRouterProps) => (
  <HeaderOwnerProvider value={props.headerOwner ?? 'plugin'}>
    <ReadableTheme>
      <PathsProvider>
        <Routes>
          <Route path="/" element={<ListPage />} />
          <Route path="/new" element={<GalleryPage />} />
          <Route path="/new/blank" element={<EditorPage />} />
          <Route path="/new/gallery/:provider" element={<ConnectPage />} />
          <Route path="/new/connect" element={<ConnectPage />} />
          <Route path="/new/openapi" element={<OpenApiPage />} />
          <Route path="/admin" element={<HealthPage />} />
          <Route
            path="/connections"
            element={
              <Suspense fallback={<Progress />}>
                <ConnectionsPage />
              </Suspense>
            }
          />
          <Route
            path="/connections/delegations/:id"
            element={
              <Suspense fallback={<Progress />}>
                <DelegationPage />
              </Suspense>
            }
          />
          <Route path="/authorized" element={<AuthorizedPage />} />
          <Route path="/authorize" element={<RequestPage />} />
          <Route path="/:name" element={<DetailPage />} />
          <Route path="/:name/edit" element={<EditorPage />} />
          <Route path="/:name/:tab" element={<DetailPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </PathsProvider>
    </ReadableTheme>
  </HeaderOwnerProvider>
);
