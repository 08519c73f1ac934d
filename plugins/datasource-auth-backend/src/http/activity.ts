import {
  ActivityPage,
  Consumers,
} from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';
import { DatasourceRights } from '../access/DatasourceRights';
import { ActivityStore } from '../activity/ActivityStore';
import { UsageRecorder } from '../activity/UsageRecorder';
import { impactOf, summarizeConsumers } from '../activity/consumers';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parse } from './parse';

const WEEK = 7 * 24 * 60 * 60_000;

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.coerce.number().int().positive().optional(),
  /** Kinds, separated by commas. */
  kind: z
    .string()
    .max(300)
    .transform(kinds => kinds.split(',').filter(Boolean))
    .optional(),
  actor: z.string().max(300).optional(),
});

/** Timeline of a datasource, and its use by plugins. */
export function createActivityRouter(options: {
  datasourceRights: DatasourceRights;
  activity: ActivityStore;
  usage: UsageRecorder;
  callerOf: CallerOf;
}) {
  const { datasourceRights: datasources, activity, usage, callerOf } = options;
  const router = createApiRouter();

  router.get('/datasources/:name/activity', async (req, res) => {
    const caller = await callerOf(req);
    const { kind, ...page } = parse(querySchema, req.query);
    const { record } = await datasources.forActivity(req.params.name, {
      caller,
    });
    const items = await activity.list(record.id, {
      ...page,
      kinds: kind?.length ? kind : undefined,
    });
    res.json({
      items,
      nextBefore: items.length >= page.limit ? items.at(-1)!.at : undefined,
    } satisfies ActivityPage);
  });

  router.get('/datasources/:name/consumers', async (req, res) => {
    const caller = await callerOf(req);
    const { record } = await datasources.forActivity(req.params.name, {
      caller,
    });
    const now = Date.now();
    res.json({
      items: summarizeConsumers(
        record.settings.consumers,
        await usage.list(record.id),
        now,
        await usage.firstSeen(record.id),
      ),
      hours: await usage.hours(record.id, now - WEEK),
    } satisfies Consumers);
  });

  router.get('/datasources/:name/impact', async (req, res) => {
    const caller = await callerOf(req);
    const { record } = await datasources.forReading(req.params.name, {
      caller,
    });
    res.json(impactOf(await usage.list(record.id), Date.now()));
  });

  return router;
}
