import {
  datasourceCreatePermission,
  DatasourceAuthError,
  issuerImportSchema,
  openApiImportSchema,
} from 'backstage-plugin-datasource-auth-common';
import type { Request } from 'express';
import { AccessControl } from '../access/AccessControl';
import { Egress } from '../egress/Egress';
import { OpenApiImporter } from '../imports/OpenApiImporter';
import { discoverIssuer } from '../oauth/discovery';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { jsonBody, parseBody } from './parse';

/** A document of 64 MB, as a text in JSON, with all its quotes and line ends escaped. */
const DOCUMENT_LIMIT = '130mb';

/** Draft settings out of what a provider says of itself. For those who may create: it calls out on their behalf. */
export function createImportsRouter(options: {
  access: AccessControl;
  egress: Egress;
  importer: OpenApiImporter;
  callerOf: CallerOf;
}) {
  const { access, egress, importer, callerOf } = options;
  const router = createApiRouter();
  const assertMayImport = async (req: Request) =>
    access.assertMayCreate(await callerOf(req), datasourceCreatePermission);

  router.post('/imports/issuer', jsonBody(), async (req, res) => {
    await assertMayImport(req);
    const { issuer } = parseBody(issuerImportSchema, req);
    try {
      res.json(await discoverIssuer({ egress, issuer }));
    } catch (error) {
      throw refused(error);
    }
  });

  router.post(
    '/imports/openapi',
    // Before the body is read: only who may import can make this process hold megabytes.
    async req => {
      await assertMayImport(req);
      return 'next';
    },
    jsonBody(DOCUMENT_LIMIT),
    async (req, res) => {
      const { credentials } = await callerOf(req);
      const request = parseBody(openApiImportSchema, req);
      res.json(await importer.import(request, { credentials }));
    },
  );

  return router;
}

/** The address is the caller's, so what came of it is an answer to his input, not our failure. */
function refused(error: unknown): unknown {
  return error instanceof OAuthExchangeError
    ? new DatasourceAuthError(
        `${error.diagnosis.title}. ${error.diagnosis.cause} ${error.diagnosis.remedy}`,
        {
          code: 'invalid_request',
          statusCode: 400,
          diagnosis: error.diagnosis,
          fields: { issuer: error.diagnosis.title },
        },
      )
    : error;
}
