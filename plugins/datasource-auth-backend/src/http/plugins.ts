import { KnownPlugins } from '../access/KnownPlugins';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';

/** Plugins to choose from as consumers. */
export function createPluginsRouter(options: {
  plugins: KnownPlugins;
  callerOf: CallerOf;
}) {
  const { plugins, callerOf } = options;
  const router = createApiRouter();

  router.get('/plugins', async (req, res) => {
    res.json(await plugins.list({ caller: await callerOf(req) }));
  });

  return router;
}
