import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { datasourceResourceRef } from './datasourceResource';

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow datasources owned by one of these entities',
  resourceRef: datasourceResourceRef,
  paramsSchema: z.object({
    owners: z.array(z.string()).describe('Entity refs of the owners'),
  }),
  apply: (resource, { owners }) =>
    resource.owner !== undefined &&
    owners.some(owner => owner.toLowerCase() === resource.owner!.toLowerCase()),
  toQuery: ({ owners }) => ({
    field: 'owner',
    in: owners.map(owner => owner.toLowerCase()),
  }),
});

const hasTag = createPermissionRule({
  name: 'HAS_TAG',
  description: 'Allow datasources with one of these tags',
  resourceRef: datasourceResourceRef,
  paramsSchema: z.object({ tags: z.array(z.string()) }),
  apply: (resource, { tags }) => tags.some(tag => resource.tags.includes(tag)),
  toQuery: ({ tags }) => ({ field: 'tags', in: tags }),
});

const hasSource = createPermissionRule({
  name: 'HAS_SOURCE',
  description:
    'Allow datasources stored in the database, or declared in config',
  resourceRef: datasourceResourceRef,
  paramsSchema: z.object({ source: z.enum(['database', 'config']) }),
  apply: (resource, { source }) => resource.source === source,
  toQuery: ({ source }) => ({ field: 'source', in: [source] }),
});

const hasName = createPermissionRule({
  name: 'HAS_NAME',
  description: 'Allow datasources by name',
  resourceRef: datasourceResourceRef,
  paramsSchema: z.object({ names: z.array(z.string()) }),
  apply: (resource, { names }) => names.includes(resource.name),
  toQuery: ({ names }) => ({ field: 'name', in: names }),
});

/**
 * All rules on datasources.
 *
 * @public
 */
export const datasourceRules = { isOwner, hasTag, hasSource, hasName };
