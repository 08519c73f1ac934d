import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** The presets, and what this instance says about itself. */
export function usePresets() {
  const api = useApi(datasourceAuthApiRef);
  return useAsync(async () => {
    const [{ items }, health] = await Promise.all([
      api.listPresets(),
      // Without the setup checks a preset can be used all the same; only the redirect URI is not shown yet.
      api.getHealth().catch(() => undefined),
    ]);
    return { presets: items, health };
  }, [api]);
}
