import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  DescriptionChanges,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';

/**
 * Loads how the API description of a datasource changed since the import. Empty while loading, without a description,
 * and on errors, which viewers of the datasource don't need to see.
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
