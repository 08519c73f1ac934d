import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** The users that the catalog knows. Its methods fail if the catalog doesn't respond. */
export interface UserDirectory {
  /** Returns `metadata.uid` of each of these users that exists. */
  uidsOf(userRefs: string[]): Promise<Map<string, string>>;
  /** Whether there are any users. */
  hasUsers(): Promise<boolean>;
}

/** Asks the catalog with the plugin's own credentials. */
export function createUserDirectory(options: {
  auth: AuthService;
  catalog: CatalogService;
}): UserDirectory {
  const { auth, catalog } = options;
  return {
    async uidsOf(userRefs) {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: userRefs, fields: ['kind', 'metadata.uid'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      // The response has an item for each ref, in the same order.
      if (items.length !== userRefs.length) {
        throw new Error('The catalog returned another number of entities');
      }
      return new Map(
        userRefs.flatMap((ref, index) => {
          const entity = items[index];
          return entity ? [[ref, entity.metadata?.uid ?? '']] : [];
        }),
      );
    },
    async hasUsers() {
      const { items } = await catalog.getEntities(
        { filter: { kind: 'User' }, fields: ['kind'], limit: 1 },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return items.length > 0;
    },
  };
}
