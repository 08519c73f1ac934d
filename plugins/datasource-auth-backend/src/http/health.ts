import { Health } from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';
import { CallerOf } from './context';

/** Facts of this installation that the page needs, and its setup checks. */
export function createHealthRouter(options: {
  health: () => Promise<Health>;
  callerOf: CallerOf;
}) {
  const router = Router();
  router.get('/health', async (req, res) => {
    await options.callerOf(req);
    res.json(await options.health());
  });
  return router;
}
