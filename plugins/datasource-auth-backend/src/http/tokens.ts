import { promisify } from 'node:util';
import { TokenResponse } from 'backstage-plugin-datasource-auth-common';
import { tokenRequestSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { AuthorizedTokens } from '../access/AuthorizedTokens';
import { memoize } from '../settings/memoize';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { jsonBody, parse } from './parse';
import { subjectOf } from './subjectOf';

/** All callers that get the same token get the same object. */
const jsonOf = memoize((answer: TokenResponse) =>
  Buffer.from(JSON.stringify(answer)),
);

/** Token endpoint for plugins. */
export function createTokensRouter(options: {
  tokens: AuthorizedTokens;
  callerOf: CallerOf;
}) {
  const { tokens, callerOf } = options;
  const router = createApiRouter();
  const readBody = promisify(jsonBody());

  router.post('/datasources/:name/token', async (req, res) => {
    // Neither stored by proxies nor compressed: the response is small, and its length should reveal nothing.
    res.setHeader('Cache-Control', 'no-store, no-transform');
    const caller = await callerOf(req);
    // The body of an unidentified caller isn't read.
    await readBody(req, res);
    const { subject: stated, ...request } = parse(
      tokenRequestSchema,
      req.body ?? {},
    );
    const subject = subjectOf(req.headers, stated);
    const answer = await tokens.getToken(req.params.name, request, {
      caller,
      subject,
    });
    // Without the ETag that Express would add, which is a hash of the token.
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(jsonOf(answer));
  });

  return router;
}
