import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EmailOf } from './Connections';

/** Asks the catalog with the plugin's own credentials. A catalog that is down raises no doubt about an account. */
export function createEmailOf(options: {
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
}): EmailOf {
  const { auth, catalog, logger } = options;
  return async userRef => {
    try {
      const credentials = await auth.getOwnServiceCredentials();
      const user = await catalog.getEntityByRef(userRef, { credentials });
      const { email } = (user?.spec?.profile ?? {}) as { email?: unknown };
      return typeof email === 'string' && email !== '' ? email : undefined;
    } catch (error) {
      logger.warn(
        `Couldn't compare a connected account with the email address in the catalog: ${
          error instanceof Error ? error.name : 'unknown error'
        }`,
      );
      return undefined;
    }
  };
}
