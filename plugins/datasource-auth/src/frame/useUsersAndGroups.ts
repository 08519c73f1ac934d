import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

const WAIT_MS = 300;
const SHOWN = 10;

/** Searches the catalog for users and groups; empty without a catalog. */
export function useUsersAndGroups(typed: string): string[] {
  const catalog = useApiHolder().get(catalogApiRef);
  const [term, setTerm] = useState('');
  useDebounce(
    () => setTerm(typed.replace(/^\w+:(\w+\/)?/, '').trim()),
    WAIT_MS,
    [typed],
  );
  const { value } = useAsync(async () => {
    // If the catalog doesn't respond, there are no suggestions, but names can still be typed.
    const found = await catalog
      ?.queryEntities({
        filter: { kind: ['user', 'group'] },
        fullTextFilter: { term },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: SHOWN,
      })
      .catch(() => undefined);
    return found?.items.map(stringifyEntityRef) ?? [];
  }, [catalog, term]);
  return value ?? [];
}
