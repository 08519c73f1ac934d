import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import FolderSharedIcon from '@material-ui/icons/FolderShared';

const routeRef = createRouteRef();

const page = PageBlueprint.make({
  params: {
    path: '/my-things',
    title: 'My things',
    routeRef,
    icon: <FolderSharedIcon fontSize="inherit" />,
    loader: () => import('./MyThingsPage').then(m => <m.MyThingsPage />),
  },
});

/** A plugin that acts as the person who uses it: the page of `sample-consumer`. */
export const myThingsPlugin = createFrontendPlugin({
  pluginId: 'my-things',
  title: 'My things',
  routes: { root: routeRef },
  extensions: [page],
});
