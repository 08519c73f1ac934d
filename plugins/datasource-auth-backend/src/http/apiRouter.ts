import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';

/** Valid values of each path parameter of this API. All patterns have a maximum length. */
const PATH_PARAMETERS: Readonly<Record<string, RegExp>> = {
  name: DATASOURCE_NAME_PATTERN,
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/**
 * Creates the router of a resource. It rejects invalid path parameters before a handler runs, so no map,
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

/** Doesn't quote the value, which can have any length. */
function notFound(parameter: string): DatasourceAuthError {
  return new DatasourceAuthError(
    parameter === 'name'
      ? message('error.nameInPath')
      : message('error.idInPath'),
    { code: 'not_found', statusCode: 404 },
  );
}
