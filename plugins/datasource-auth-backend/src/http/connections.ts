import {
  connectedPeopleQuerySchema,
  connectionConfirmationSchema,
  connectionEntrySchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { AuthorizedAuthorizations } from '../access/AuthorizedAuthorizations';
import { AuthorizedConnections } from '../access/AuthorizedConnections';
import { AuthorizedPeople } from '../access/AuthorizedPeople';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parse, parseBody } from './parse';

/** Routes of people's own connections. */
export function createConnectionsRouter(options: {
  authorizations: AuthorizedAuthorizations;
  connections: AuthorizedConnections;
  people: AuthorizedPeople;
  callerOf: CallerOf;
}) {
  const { authorizations, connections, people, callerOf } = options;
  const router = createApiRouter();

  router.use(
    ['/connections', '/datasources/:name/connections'],
    (_req, res, next) => {
      res.setHeader('Cache-Control', 'no-store');
      next();
    },
  );

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

  router.get('/connections/export', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await connections.export({ caller }));
  });

  router.delete('/connections', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await connections.erase({ caller }));
  });

  router.put('/connections/:name', async (req, res) => {
    const caller = await callerOf(req);
    const entry = parseBody(connectionEntrySchema, req);
    res.json(await connections.enter(req.params.name, entry, { caller }));
  });

  router.delete('/connections/:name', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await connections.disconnect(req.params.name, { caller }));
  });

  router.get('/datasources/:name/connections', async (req, res) => {
    const caller = await callerOf(req);
    const page = parse(connectedPeopleQuerySchema, req.query);
    res.json(await people.list(req.params.name, page, { caller }));
  });

  router.delete('/datasources/:name/connections', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await people.disconnectAll(req.params.name, { caller }));
  });

  router.delete('/datasources/:name/connections/:user', async (req, res) => {
    const caller = await callerOf(req);
    const { name, user } = req.params;
    res.json(await people.disconnect(name, user, { caller }));
  });

  return router;
}
