import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import {
  Entity,
  GroupEntity,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';

const WAIT_MS = 300;
const SHOWN = 10;

/** A user or group of the catalog. */
export interface UserOrGroup {
  ref: string;
  /** Name for people, if it has one. */
  name?: string;
}

function nameOf({ metadata, spec }: Entity): string | undefined {
  const { profile } = (spec ?? {}) as Partial<
    (GroupEntity | UserEntity)['spec']
  >;
  return profile?.displayName ?? metadata.title;
}

/** Searches the catalog for users and groups; empty without a catalog. */
export function useUsersAndGroups(typed: string): UserOrGroup[] {
  const catalog = useApiHolder().get(catalogApiRef);
  const [term, setTerm] = useState('');
  useDebounce(
    () => setTerm(typed.replace(/^\w+:(\w+\/)?/, '').trim()),
    WAIT_MS,
    [typed],
  );
  const { value } = useAsync(async () => {
    // If the catalog doesn't respond, there is no list, but refs can still be typed.
    const found = await catalog
      ?.queryEntities({
        filter: { kind: ['user', 'group'] },
        fullTextFilter: { term },
        fields: [
          ...['kind', 'metadata.name', 'metadata.namespace'],
          ...['metadata.title', 'spec.profile.displayName'],
        ],
        limit: SHOWN,
      })
      .catch(() => undefined);
    return found?.items.map(entity => ({
      ref: stringifyEntityRef(entity),
      name: nameOf(entity),
    }));
  }, [catalog, term]);
  return value ?? [];
}
