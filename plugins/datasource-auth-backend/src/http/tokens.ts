import { tokenRequestSchema } from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';
import { AuthorizedTokens } from '../access/AuthorizedTokens';
import { CallerOf } from './context';
import { jsonBody, parse } from './parse';

/** The token call of plugins. */
export function createTokensRouter(options: {
  tokens: AuthorizedTokens;
  callerOf: CallerOf;
}) {
  const { tokens, callerOf } = options;
  const router = Router();

  router.use('/datasources/:name/token', jsonBody());
  router.post('/datasources/:name/token', async (req, res) => {
    // Neither stored by anything on the way, nor compressed: the answer is small and its length should say nothing.
    res.setHeader('Cache-Control', 'no-store, no-transform');
    const caller = await callerOf(req);
    const request = parse(tokenRequestSchema, req.body ?? {});
    res.json(await tokens.getToken(req.params.name, request, { caller }));
  });

  return router;
}
