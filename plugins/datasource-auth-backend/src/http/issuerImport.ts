import {
  datasourceCreatePermission,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { issuerImportSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { AccessControl } from '../access/AccessControl';
import { Egress } from '../egress/Egress';
import { discoverIssuer } from '../oauth/discovery';
import { errorTexts } from '../oauth/errorTexts';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';
import { parseBody } from './parse';

/** Drafts settings from a provider's metadata. Requires the permission to create, because it makes requests. */
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

/** The caller chose the URL, so a failure is an invalid request, not an internal error. */
function refused(error: unknown): unknown {
  return error instanceof OAuthExchangeError
    ? new DatasourceAuthError(errorTexts(error.diagnosis), {
        code: 'invalid_request',
        statusCode: 400,
        diagnosis: error.diagnosis,
        fieldTexts: { issuer: error.diagnosis.texts.title },
      })
    : error;
}
