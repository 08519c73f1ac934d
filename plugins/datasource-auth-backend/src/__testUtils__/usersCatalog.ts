import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';

/** A catalog with users only, whose users a test changes. */
export function createUsersCatalog() {
  const catalog: {
    /** The users, with their uids. Undefined: the catalog is down. */
    users: Map<string, string> | undefined;
    feature: ReturnType<typeof createServiceFactory>;
  } = {
    users: new Map(),
    feature: createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      // `any`: nothing else of the catalog is called.
      factory: () =>
        ({
          getEntityByRef: async (ref: string) => entityOf(ref),
          getEntitiesByRefs: async ({ entityRefs }: any) => ({
            items: entityRefs.map(entityOf),
          }),
          getEntities: async () => ({
            items: [...users().keys()].map(entityOf),
          }),
        } as any),
    }),
  };
  const users = () => {
    if (!catalog.users) throw new Error('The catalog is down');
    return catalog.users;
  };
  const entityOf = (ref: string) => {
    const uid = users().get(ref);
    return uid && { kind: 'User', metadata: { name: 'x', uid } };
  };
  return catalog;
}
