import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  DescriptionChanges,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/**
 * What the API description of a datasource says differently since it was imported; nothing while it is asked, and where
 * there is none. That it could not be asked is no concern of who looks at the datasource.
 */
export function useDescriptionChanges(
  datasource: Datasource,
): DescriptionChanges | undefined {
  const api = useApi(datasourceAuthApiRef);
  const { name, version, importedFrom } = datasource;
  const somewhere = Boolean(importedFrom?.entityRef ?? importedFrom?.url);
  const { value } = useAsync(
    async () =>
      somewhere
        ? api.getDescriptionChanges(name).catch(() => undefined)
        : undefined,
    [api, name, version, somewhere],
  );
  return value;
}
