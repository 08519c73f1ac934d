import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceListQuerySchema,
  datasourceWriteSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import type { Request } from 'express';
import { AuthorizedDatasources } from '../access/AuthorizedDatasources';
import { AuthorizedTokens } from '../access/AuthorizedTokens';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { flag, parse, parseBody } from './parse';
import { subjectOf } from './subjectOf';

/** Routes of datasources and their credentials. */
export function createDatasourcesRouter(options: {
  datasources: AuthorizedDatasources;
  tokens: AuthorizedTokens;
  callerOf: CallerOf;
}) {
  const { datasources, tokens, callerOf } = options;
  const router = createApiRouter();

  router.use('/datasources', (_req, res, next) => {
    // The status changes without the version, so no cache may return an earlier one.
    res.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.get('/datasources', async (req, res) => {
    const caller = await callerOf(req);
    const query = parse(datasourceListQuerySchema, req.query);
    res.json(await datasources.list(query, { caller }));
  });

  router.post('/datasources', async (req, res) => {
    const caller = await callerOf(req);
    const save = saveOf(req);
    const created = await datasources.create(save, { caller });
    res.status(201).json(created);
  });

  router.get('/datasources/:name', async (req, res) => {
    const caller = await callerOf(req);
    const subject = subjectOf(req.headers);
    const { name } = req.params;
    if (subject !== 'service') {
      res.json(await tokens.getStatus(name, { caller, subject }));
      return;
    }
    const datasource = await datasources.get(name, { caller });
    if ('version' in datasource)
      res.setHeader('ETag', `"${datasource.version}"`);
    res.json(datasource);
  });

  router.get('/datasources/:name/export', async (req, res) => {
    const caller = await callerOf(req);
    const yaml = await datasources.export(req.params.name, { caller });
    res.type('application/yaml').send(yaml);
  });

  router.put('/datasources/:name', async (req, res) => {
    const caller = await callerOf(req);
    const version = ifMatch(req);
    const save = saveOf(req);
    const updated = await datasources.update(req.params.name, version, save, {
      caller,
    });
    res.json(updated);
  });

  router.delete('/datasources/:name', async (req, res) => {
    const caller = await callerOf(req);
    await datasources.delete(
      req.params.name,
      { force: flag(req.query.force), revoke: flag(req.query.revoke) },
      { caller },
    );
    res.status(204).end();
  });

  router.delete('/datasources/:name/credential', async (req, res) => {
    const caller = await callerOf(req);
    const cleared = await datasources.clear(
      req.params.name,
      { revoke: flag(req.query.revoke) },
      { caller },
    );
    res.json(cleared);
  });

  return router;
}

/** Returns the settings of a request apart from what a save does besides. */
function saveOf(req: Request) {
  const { credential, authorizationId, testedAuthorizationId, ...settings } =
    parseBody(datasourceWriteSchema, req);
  return { settings, credential, authorizationId, testedAuthorizationId };
}

/** Returns the version that a change is based on: exactly one strong entity tag. */
function ifMatch(req: Request): number {
  const header = req.headers['if-match'];
  if (!header) {
    throw new DatasourceAuthError(message('error.versionRequired'), {
      code: 'version_required',
      statusCode: 428,
    });
  }
  const version = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (!version) {
    throw new DatasourceAuthError(message('error.versionFormat'), {
      code: 'version_conflict',
      statusCode: 412,
    });
  }
  return Number(version);
}
