import {
  datasourceCreatePermission,
  DatasourceAuthError,
  issuerImportSchema,
} from 'backstage-plugin-datasource-auth-common';
import { AccessControl } from '../access/AccessControl';
import { Egress } from '../egress/Egress';
import { discoverIssuer } from '../oauth/discovery';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Draft settings out of what a provider says of itself. For those who may create: it calls out on their behalf. */
export function createIssuerImportRouter(options: {
  access: AccessControl;
  egress: Egress;
  callerOf: CallerOf;
}) {
  const { access, egress, callerOf } = options;
  const router = createApiRouter();

  router.post('/imports/issuer', async (req, res) => {
    await access.assertMayCreate(
      await callerOf(req),
      datasourceCreatePermission,
    );
    const { issuer } = parseBody(issuerImportSchema, req);
    try {
      res.json(await discoverIssuer({ egress, issuer }));
    } catch (error) {
      throw refused(error);
    }
  });

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
