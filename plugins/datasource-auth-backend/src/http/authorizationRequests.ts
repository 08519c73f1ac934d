import {
  authorizationRequestCreateSchema,
  AuthorizationRequestList,
  requestedAuthorizationSchema,
} from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';
import { AuthorizedRequests } from '../access/AuthorizedRequests';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Routes of requests that somebody else authorize a datasource. */
export function createAuthorizationRequestsRouter(options: {
  requests: AuthorizedRequests;
  callerOf: CallerOf;
}) {
  const { requests, callerOf } = options;
  const router = Router();

  router.use('/authorization-requests', (req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    // The access log prints `originalUrl` when the answer is done: the secret part of a link must not be in it.
    req.originalUrl = `${req.baseUrl}${req.path.replace(/^\/[^/]+/, '/:id')}`;
    next();
  });

  router.post('/authorization-requests', async (req, res) => {
    const caller = await callerOf(req);
    const { datasource, ...asked } = parseBody(
      authorizationRequestCreateSchema,
      req,
    );
    res.status(201).json(await requests.ask(datasource, asked, { caller }));
  });

  router.get('/authorization-requests/:id', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await requests.get(req.params.id, { caller }));
  });

  router.delete('/authorization-requests/:id', async (req, res) => {
    const caller = await callerOf(req);
    await requests.withdraw(req.params.id, { caller });
    res.status(204).end();
  });

  router.post('/authorization-requests/:id/authorization', async (req, res) => {
    const caller = await callerOf(req);
    const { display } = parseBody(requestedAuthorizationSchema, req);
    res
      .status(201)
      .json(await requests.authorize(req.params.id, display, { caller }));
  });

  router.post('/authorization-requests/:id/decline', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await requests.decline(req.params.id, { caller }));
  });

  router.get('/datasources/:name/authorization-requests', async (req, res) => {
    const caller = await callerOf(req);
    res.setHeader('Cache-Control', 'no-store');
    res.json({
      items: await requests.list(req.params.name, { caller }),
    } satisfies AuthorizationRequestList);
  });

  return router;
}
