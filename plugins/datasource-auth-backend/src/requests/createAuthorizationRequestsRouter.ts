import {
  AUTHORIZATION_REQUEST_HEADER,
  AuthorizationRequestList,
} from 'backstage-plugin-datasource-auth-common';
import {
  authorizationRequestCreateSchema,
  requestedAuthorizationSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import type { Request } from 'express';
import { createApiRouter } from '../http/apiRouter';
import { CallerOf } from '../http/context';
import { parseBody } from '../http/parse';
import { AuthorizedRequests } from './AuthorizedRequests';

const INVITATION = '/authorization-requests/invitation';

/** The secret of the link. A missing one and an unknown one both find nothing. */
function secretIn(req: Request): string {
  return req.get(AUTHORIZATION_REQUEST_HEADER) ?? '';
}

/** Routes of requests that ask someone else to authorize a datasource. */
export function createAuthorizationRequestsRouter(options: {
  requests: AuthorizedRequests;
  callerOf: CallerOf;
}) {
  const { requests, callerOf } = options;
  const router = createApiRouter();

  router.use('/authorization-requests', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
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

  router.get(INVITATION, async (req, res) => {
    const caller = await callerOf(req);
    res.json(await requests.get(secretIn(req), { caller }));
  });

  router.delete('/authorization-requests/:id', async (req, res) => {
    const caller = await callerOf(req);
    await requests.withdraw(req.params.id, { caller });
    res.status(204).end();
  });

  router.post(`${INVITATION}/authorization`, async (req, res) => {
    const caller = await callerOf(req);
    const { display } = parseBody(requestedAuthorizationSchema, req);
    res
      .status(201)
      .json(await requests.authorize(secretIn(req), display, { caller }));
  });

  router.post(`${INVITATION}/decline`, async (req, res) => {
    const caller = await callerOf(req);
    res.json(await requests.decline(secretIn(req), { caller }));
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
