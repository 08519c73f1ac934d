import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import type { RequestHandler } from 'express';
import { AuthorizedCalls } from '../access/AuthorizedCalls';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { markFailure } from './gateway';
import { subjectOf } from './subjectOf';

const LONGEST_URL = 16_000;

/** Express serves HEAD like GET. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * `/calls/{name}?url=`: calls an API for an allowed plugin that may not have the token itself. Must be registered
 * before the body parser.
 */
export function createCallsRouter(options: {
  calls: AuthorizedCalls;
  callerOf: CallerOf;
}) {
  const { calls, callerOf } = options;
  const router = createApiRouter();

  const handle: RequestHandler = async (req, res) => {
    try {
      const caller = await callerOf(req);
      const url = new URL(req.url, 'http://localhost').searchParams.get('url');
      if (!url || url.length > LONGEST_URL || !URL.canParse(url)) {
        throw new DatasourceAuthError(message('error.urlRequired'), {
          code: 'invalid_request',
          statusCode: 400,
        });
      }
      await calls.forward(
        {
          datasource: req.params.name,
          method: req.method,
          request: req,
          response: res,
        },
        url,
        { caller, subject: subjectOf(req.headers) },
      );
    } catch (error) {
      markFailure(res, error);
      throw error;
    }
  };
  for (const method of METHODS) router[method]('/calls/:name', handle);

  return router;
}
