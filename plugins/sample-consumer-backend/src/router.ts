import { createHash } from 'node:crypto';
import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import express from 'express';
import Router from 'express-promise-router';
import { ApiResponseError } from './ApiResponseError';

/**
 * `GET /{datasource}`: the response of the API of the datasource.
 *
 * The API is called as this plugin, so every signed-in user sees what the plugin may see. To use the user's
 * permissions instead, pass `credentials: await httpAuth.credentials(req)`. The user then needs the
 * permission to use the datasource too.
 */
export function createRouter(options: {
  tokens: DatasourceAuthService;
  path: string;
}): express.Router {
  const { tokens, path } = options;
  const router = Router();

  router.get('/:datasource', async (req, res) => {
    const { datasource } = req.params;
    const response = await tokens.fetch({ datasource }, path);
    if (!response.ok) {
      await response.body?.cancel();
      throw new ApiResponseError(datasource, response.status);
    }
    res.json({
      datasource,
      status: response.status,
      body: await readBody(response),
      tokenFingerprint: await fingerprint(datasource),
    });
  });

  /** Shows that a credential was replaced, without showing it. */
  async function fingerprint(datasource: string): Promise<string> {
    const { headers, query } = await tokens.getToken({ datasource });
    const text = JSON.stringify([headers, query]);
    return createHash('sha256').update(text).digest('hex').slice(0, 12);
  }

  return router;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : text || undefined;
}
