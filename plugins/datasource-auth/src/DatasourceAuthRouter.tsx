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

// Most people who open these come from elsewhere, and need nothing else of the page.
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

const RequestPage = lazy(() =>
  import('./requests/RequestPage').then(m => ({ default: m.RequestPage })),
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
        <Suspense fallback={<Progress />}>
          <Routes>
            <Route path="/" element={<ListPage />} />
            <Route path="/new" element={<GalleryPage />} />
            <Route path="/new/blank" element={<EditorPage />} />
            <Route path="/new/gallery/:provider" element={<ConnectPage />} />
            <Route path="/new/connect" element={<ConnectPage />} />
            <Route path="/new/openapi" element={<OpenApiPage />} />
            <Route path="/admin" element={<HealthPage />} />
            <Route path="/connections" element={<ConnectionsPage />} />
            <Route
              path="/connections/delegations/:id"
              element={<DelegationPage />}
            />
            <Route path="/authorized" element={<AuthorizedPage />} />
            <Route path="/authorize" element={<RequestPage />} />
            <Route path="/:name" element={<DetailPage />} />
            <Route path="/:name/edit" element={<EditorPage />} />
            <Route path="/:name/:tab" element={<DetailPage />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </PathsProvider>
    </ReadableTheme>
  </HeaderOwnerProvider>
);
