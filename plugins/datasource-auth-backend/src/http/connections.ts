import { connectionConfirmationSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { AuthorizedAuthorizations } from '../access/AuthorizedAuthorizations';
import { AuthorizedConnections } from '../access/AuthorizedConnections';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Routes of people's own connections. */
export function createConnectionsRouter(options: {
  authorizations: AuthorizedAuthorizations;
  connections: AuthorizedConnections;
  callerOf: CallerOf;
}) {
  const { authorizations, connections, callerOf } = options;
  const router = createApiRouter();

  router.use('/connections', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.post('/authorizations/:id/confirmation', async (req, res) => {
    const caller = await callerOf(req);
    const confirmation = parseBody(connectionConfirmationSchema, req);
    res.json(
      await authorizations.confirm(req.params.id, confirmation, { caller }),
    );
  });

  router.get('/connections', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await connections.list({ caller }));
  });

  router.delete('/connections/:name', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await connections.disconnect(req.params.name, { caller }));
  });

  return router;
}
