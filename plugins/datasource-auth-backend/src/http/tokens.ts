import { promisify } from 'node:util';
import {
  TokenResponse,
  tokenRequestSchema,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizedTokens } from '../access/AuthorizedTokens';
import { memoize } from '../settings/memoize';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { jsonBody, parse } from './parse';

/** The answer is the same object for all who are served the same token. */
const jsonOf = memoize((answer: TokenResponse) =>
  Buffer.from(JSON.stringify(answer)),
);

/** The token call of plugins. */
export function createTokensRouter(options: {
  tokens: AuthorizedTokens;
  callerOf: CallerOf;
}) {
  const { tokens, callerOf } = options;
  const router = createApiRouter();
  const readBody = promisify(jsonBody());

  router.post('/datasources/:name/token', async (req, res) => {
    // Neither stored by anything on the way, nor compressed: the answer is small and its length should say nothing.
    res.setHeader('Cache-Control', 'no-store, no-transform');
    const caller = await callerOf(req);
    // Of a caller who is nobody no body is read.
    await readBody(req, res);
    const request = parse(tokenRequestSchema, req.body ?? {});
    const answer = await tokens.getToken(req.params.name, request, { caller });
    // As it is, without the ETag that Express would add: that is a hash of the token.
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(jsonOf(answer));
  });

  return router;
}
