import { GATEWAY_ERROR_HEADER } from 'backstage-plugin-datasource-auth-common';
import type { Response } from 'express';
import { AuthorizedGateway } from '../access/AuthorizedGateway';
import { exposeHeadersToBrowsers } from '../gateway/responseHeaders';
import { readGatewayCall } from '../gateway/GatewayCall';
import { originOf } from '../gateway/GatewayFailures';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { subjectOf } from './subjectOf';

/**
 * `ALL /gateway/{name}/{path}`: calls an API with the token of a datasource. Must be registered before the
 * body parser. Only the Authorization header authenticates. No policy of the plugin allows a cookie, so a
 * link can't start a call.
 */
export function createGatewayRouter(options: {
  gateway: AuthorizedGateway;
  callerOf: CallerOf;
}) {
  const { gateway, callerOf } = options;
  const router = createApiRouter();

  router.use('/gateway', async (req, res) => {
    try {
      const caller = await callerOf(req);
      const subject = subjectOf(req.headers);
      const call = readGatewayCall(req.url, req, res);
      await gateway.forward(call, { caller, subject });
    } catch (error) {
      markFailure(res, error);
      throw error;
    }
  });

  return router;
}

/** Marks an error response as one that didn't come from the API. */
export function markFailure(res: Response, error: unknown) {
  res.setHeader(GATEWAY_ERROR_HEADER, originOf(error));
  res.setHeader('Cache-Control', 'no-store');
  // The rest of the body isn't read.
  if (!res.req.complete) res.setHeader('Connection', 'close');
  exposeHeadersToBrowsers(res, [GATEWAY_ERROR_HEADER]);
}
