import { presetJsonSchema } from 'backstage-plugin-datasource-auth-common';
import { PresetRegistry } from '../providers/PresetRegistry';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';

/** Presets of known providers, as data. */
export function createProvidersRouter(options: {
  presets: PresetRegistry;
  callerOf: CallerOf;
}) {
  const { presets, callerOf } = options;
  const router = createApiRouter();

  router.get('/providers', async (req, res) => {
    await callerOf(req);
    res.json({ items: await presets.list() });
  });

  router.get('/providers/schema.json', async (req, res) => {
    await callerOf(req);
    res.json(presetJsonSchema());
  });

  return router;
}
