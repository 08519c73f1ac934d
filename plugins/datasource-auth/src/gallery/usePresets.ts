import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/** Loads the presets and the health report. */
export function usePresets() {
  const api = useApi(datasourceAuthApiRef);
  return useAsync(async () => {
    const [{ items }, health] = await Promise.all([
      api.listPresets(),
      // Without the health report, presets still work; only the redirect URI is missing.
      api.getHealth().catch(() => undefined),
    ]);
    return { presets: items, health };
  }, [api]);
}
