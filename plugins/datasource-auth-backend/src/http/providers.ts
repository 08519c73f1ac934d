import {
  PRESET_WAYS,
  presetJsonSchema,
} from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';
import { PresetRegistry } from '../providers/PresetRegistry';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parse } from './parse';

const querySchema = z.object({
  way: z
    .enum(PRESET_WAYS, { error: `Choose one of ${PRESET_WAYS.join(', ')}` })
    .optional(),
});

/** Presets of known providers, as data. */
export function createProvidersRouter(options: {
  presets: PresetRegistry;
  callerOf: CallerOf;
}) {
  const { presets, callerOf } = options;
  const router = createApiRouter();

  router.get('/providers', async (req, res) => {
    await callerOf(req);
    const { way } = parse(querySchema, req.query);
    const items = await presets.list();
    res.json({
      items: way ? items.filter(({ ways }) => ways.includes(way)) : items,
    });
  });

  router.get('/providers/schema.json', async (req, res) => {
    await callerOf(req);
    res.json(presetJsonSchema());
  });

  return router;
}
