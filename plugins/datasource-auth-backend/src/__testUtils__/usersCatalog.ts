import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';

/** A catalog with users only, whose users a test changes. */
export function createUsersCatalog() {
  const state: {
    /** The users, with their uids. Undefined: the catalog is down. */
    users: Map<string, string> | undefined;
  } = { users: new Map() };
  const read = () => {
    if (!state.users) throw new Error('The catalog is down');
    return state.users;
  };
  const entityOf = (ref: string) => {
    const uid = read().get(ref);
    return uid && { kind: 'User', metadata: { name: 'x', uid } };
  };
  const feature = createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    // `any`: nothing else of the catalog is called.
    factory: () =>
      ({
        getEntityByRef: async (ref: string) => entityOf(ref),
        getEntitiesByRefs: async ({ entityRefs }: any) => ({
          items: entityRefs.map(entityOf),
        }),
        getEntities: async () => ({ items: [...read().keys()].map(entityOf) }),
      } as any),
  });
  return Object.assign(state, { feature });
}
