import { SUBJECTS } from 'backstage-plugin-datasource-auth-common';
import { Fields } from './Field';
import { Way, WAY_NAMES } from './ways';

/** A public API knows no expired credential. */
const WITH_CREDENTIAL: readonly Way[] = WAY_NAMES.filter(way => way !== 'none');

/** Fields of every datasource. */
export const everyKind = {
  general: {
    title: { path: 'title', kind: 'text' },
    name: { path: 'name', kind: 'text', help: true },
    description: { path: 'description', kind: 'long', help: true },
    consumers: { path: 'consumers', kind: 'consumers', help: true },
    subjects: {
      path: 'subjects',
      kind: 'choice',
      options: SUBJECTS,
      fallback: 'service',
      help: true,
    },
    owner: { path: 'owner', kind: 'text', help: true },
    baseUrl: { path: 'baseUrl', kind: 'url', help: true },
    testPath: { path: 'testPath', kind: 'path', help: true },
    allowedHosts: { path: 'allowedHosts', kind: 'words', help: true },
    tags: { path: 'tags', kind: 'lines', help: true },
  },
  handOut: {
    apiHeaders: { path: 'api.headers', kind: 'values', help: true },
    apiQuery: { path: 'api.query', kind: 'values', help: true },
    apiExpiredPath: {
      path: 'api.expired.path',
      kind: 'text',
      ways: WITH_CREDENTIAL,
      help: true,
    },
    apiExpiredEquals: {
      path: 'api.expired.equals',
      kind: 'lines',
      ways: WITH_CREDENTIAL,
      help: true,
    },
  },
  instance: {
    instance: { path: 'instance', kind: 'values', help: true },
  },
  gateway: {
    gatewayRoutes: { path: 'gateway.routes', kind: 'routes', help: true },
    gatewayRequestBytes: {
      path: 'gateway.limits.requestBytes',
      kind: 'number',
    },
    gatewayResponseBytes: {
      path: 'gateway.limits.responseBytes',
      kind: 'number',
    },
  },
  origin: {
    importedFrom: { path: 'importedFrom', kind: 'kept' },
  },
} as const satisfies Fields;
