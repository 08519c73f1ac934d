import useAsync from 'react-use/esm/useAsync';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';

/** Returns the entity refs of the user and their groups for the owner filter. */
export function useOwnRefs() {
  const identityApi = useApi(identityApiRef);
  return useAsync(async () => {
    const { userEntityRef, ownershipEntityRefs } =
      await identityApi.getBackstageIdentity();
    return [...new Set([userEntityRef, ...ownershipEntityRefs])].join(',');
  }, [identityApi]);
}
