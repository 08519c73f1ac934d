import { createHash } from 'node:crypto';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';
import express from 'express';
import Router from 'express-promise-router';
import { ApiResponseError } from './ApiResponseError';
import { NightlyRuns } from './NightlyRuns';

/**
 * `GET /{datasource}`: the response of the API of the datasource.
 *
 * The API is called as this plugin, so every signed-in user sees what the plugin may see. To use the user's
 * permissions instead, pass `credentials: await httpAuth.credentials(req)`. The user then needs the
 * permission to use the datasource too.
 *
 * `GET /{datasource}/mine`: what belongs to the signed-in user there. The API is called as that user, with the account
 * that they connected. A user who isn't connected gets the error `user_not_connected`, which the page answers with
 * `ConnectPrompt`.
 *
 * `GET` and `POST /{datasource}/nightly`: the nightly run of the signed-in user, and its start. A user who hasn't agreed
 * to it gets the error `user_consent_needed` with the page where they can.
 */
export function createRouter(options: {
  tokens: DatasourceAuthService;
  httpAuth: HttpAuthService;
  nightlyRuns: NightlyRuns;
  path: string;
}): express.Router {
  const { tokens, httpAuth, nightlyRuns, path } = options;
  const router = Router();

  router.get('/:datasource', async (req, res) => {
    const { datasource } = req.params;
    const response = await tokens.fetch({ datasource }, path);
    res.json({
      datasource,
      status: response.status,
      body: await bodyOf(datasource, response),
      tokenFingerprint: await fingerprint(datasource),
    });
  });

  router.get('/:datasource/mine', async (req, res) => {
    const { datasource } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const response = await tokens.fetch(
      { datasource, credentials, subject: 'user' },
      '/things/mine',
    );
    res.json(await bodyOf(datasource, response));
  });

  router.get('/:datasource/nightly', async (req, res) => {
    const { datasource } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json({ run: await nightlyRuns.find(datasource, credentials) });
  });

  router.post('/:datasource/nightly', async (req, res) => {
    const { datasource } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await nightlyRuns.start(datasource, credentials);
    res.json({ run: await nightlyRuns.find(datasource, credentials) });
  });

  /** Shows that a credential was replaced, without showing it. */
  async function fingerprint(datasource: string): Promise<string> {
    const { headers, query } = await tokens.getToken({ datasource });
    const text = JSON.stringify([headers, query]);
    return createHash('sha256').update(text).digest('hex').slice(0, 12);
  }

  return router;
}

/** @throws ApiResponseError if the API refused */
async function bodyOf(
  datasource: string,
  response: Response,
): Promise<unknown> {
  if (!response.ok) {
    await response.body?.cancel();
    throw new ApiResponseError(datasource, response.status);
  }
  const text = await response.text();
  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : text || undefined;
}
