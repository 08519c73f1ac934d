import useAsync from 'react-use/esm/useAsync';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';

/** Who the person is and what he belongs to, as the owner filter wants it: what a person's groups own is his, too. */
export function useOwnRefs() {
  const identityApi = useApi(identityApiRef);
  return useAsync(async () => {
    const { userEntityRef, ownershipEntityRefs } =
      await identityApi.getBackstageIdentity();
    return [...new Set([userEntityRef, ...ownershipEntityRefs])].join(',');
  }, [identityApi]);
}
