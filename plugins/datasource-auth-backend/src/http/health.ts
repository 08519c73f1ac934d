import { datasourceCreatePermission } from 'backstage-plugin-datasource-auth-common';
import { AccessControl } from '../access/AccessControl';
import { SetupHealth } from '../health/createHealth';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';

/** Facts of this installation for the page, and its setup checks. */
export function createHealthRouter(options: {
  access: Pick<AccessControl, 'isWriter'>;
  health: SetupHealth;
  callerOf: CallerOf;
}) {
  const { access, health, callerOf } = options;
  const router = createApiRouter();
  router.get('/health', async (req, res) => {
    const caller = await callerOf(req);
    const withHosts = await access.isWriter(caller, datasourceCreatePermission);
    res.json(await health({ withHosts, caller }));
  });
  return router;
}
