import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';

/** The values that each path parameter of this API can have. All patterns are bounded in length. */
const PATH_PARAMETERS: Readonly<Record<string, RegExp>> = {
  name: DATASOURCE_NAME_PATTERN,
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/**
 * Makes the router of a resource. It rejects path parameters that nothing can be called, before a handler runs: no map,
 * audit event or query ever sees them.
 */
export function createApiRouter() {
  const router = Router();
  for (const [parameter, pattern] of Object.entries(PATH_PARAMETERS)) {
    router.param(parameter, (req, _res, next) => {
      if (pattern.test(req.params[parameter])) next();
      else next(notFound(parameter));
    });
  }
  return router;
}

/** Doesn't quote the value: it can be of any length. */
function notFound(parameter: string): DatasourceAuthError {
  return new DatasourceAuthError(
    parameter === 'name'
      ? 'Datasource not found: the name in the path is not a valid datasource name.'
      : 'Not found: the id in the path is not a valid id.',
    { code: 'not_found', statusCode: 404 },
  );
}
