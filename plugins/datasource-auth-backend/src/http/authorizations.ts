import {
  authorizationCreateSchema,
  completionSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { AuthorizedAuthorizations } from '../access/AuthorizedAuthorizations';
import { AuthorizedVerification } from '../access/AuthorizedVerification';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Routes of authorization attempts, and of tests of their result. */
export function createAuthorizationsRouter(options: {
  authorizations: AuthorizedAuthorizations;
  verification: AuthorizedVerification;
  callerOf: CallerOf;
}) {
  const { authorizations, verification, callerOf } = options;
  const router = createApiRouter();

  router.use('/authorizations', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.post('/authorizations', async (req, res) => {
    const caller = await callerOf(req);
    const body = parseBody(authorizationCreateSchema, req);
    res.status(201).json(await authorizations.create(body, { caller }));
  });

  router.get('/authorizations/:id', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await authorizations.get(req.params.id, { caller }));
  });

  router.delete('/authorizations/:id', async (req, res) => {
    const caller = await callerOf(req);
    await authorizations.discard(req.params.id, { caller });
    res.status(204).end();
  });

  router.post('/authorizations/:id/completion', async (req, res) => {
    const caller = await callerOf(req);
    const { completion } = parseBody(completionSchema, req);
    res.json(
      await authorizations.complete(req.params.id, completion, { caller }),
    );
  });

  router.post('/authorizations/:id/test', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await authorizations.testStaged(req.params.id, { caller }));
  });

  router.post('/datasources/:name/test', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await verification.test(req.params.name, { caller }));
  });

  router.post('/datasources/:name/rehearsal', async (req, res) => {
    const caller = await callerOf(req);
    res.json(await verification.rehearse(req.params.name, { caller }));
  });

  return router;
}
