import {
  delegationApprovalSchema,
  delegationCreateSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { AuthorizedDelegations } from '../access/AuthorizedDelegations';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Routes of delegations: plugins ask, and people decide. */
export function createDelegationsRouter(options: {
  delegations: AuthorizedDelegations;
  callerOf: CallerOf;
}) {
  const { delegations, callerOf } = options;
  const router = createApiRouter();

  router.use('/delegations', (_req, res, next) => {
    // Neither stored by proxies nor compressed: a response can have a handle, and its length should reveal nothing.
    res.setHeader('Cache-Control', 'no-store, no-transform');
    next();
  });

  router.post('/delegations', async (req, res) => {
    const caller = await callerOf(req);
    const asked = parseBody(delegationCreateSchema, req);
    const answer = await delegations.ask(asked, { caller });
    // Without the ETag that Express would add, which is a hash of the handle.
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(JSON.stringify(answer));
  });

  router.get('/delegations/:id', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await delegations.get(req.params.id, { caller }));
  });

  router.post('/delegations/:id/approval', async (req, res) => {
    const caller = await callerOf(req);
    const approval = parseBody(delegationApprovalSchema, req);
    res.json(await delegations.approve(req.params.id, approval, { caller }));
  });

  router.delete('/delegations/:id', async (req, res) => {
    const caller = await callerOf(req);
    await delegations.takeBack(req.params.id, { caller });
    res.status(204).end();
  });

  return router;
}
