import {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  metricsServiceMock,
  tracingServiceMock,
} from '@backstage/backend-test-utils/alpha';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { readDatasourceAuthConfig } from '../config';
import { createDatasourceAuth } from '../createDatasourceAuth';
import { openDatabase } from '../database/database';
import { databases } from './databases';

/**
 * A configuration that can change, like the framework's. It is `any`: a proxy can't have the type of the class whose
 * methods it forwards, and tests pass invalid configurations on purpose.
 */
export function changingConfig(initial: object) {
  let current = new ConfigReader(initial as any);
  const listeners: Array<() => void> = [];
  const config = new Proxy({} as any, {
    get: (_, key: string) =>
      key === 'subscribe'
        ? (listener: () => void) => {
            listeners.push(listener);
            return { unsubscribe: () => {} };
          }
        : (current as any)[key]?.bind(current),
  });
  return {
    config,
    change(next: object) {
      current = new ConfigReader(next as any);
      listeners.forEach(listener => listener());
    },
  };
}

/** The parts of the plugin, with a configuration that can change. */
export async function assemble(
  config: any,
  logger: LoggerService = mockServices.logger.mock(),
  knex?: Knex,
  permissions: PermissionsService = mockServices.permissions(),
) {
  return createDatasourceAuth({
    knex:
      knex ??
      (await openDatabase({
        getClient: async () => databases.init('SQLITE_3'),
      })),
    auditor: mockServices.auditor.mock(),
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
    emailOf: async () => undefined,
    directory: { uidsOf: async () => new Map(), hasUsers: async () => false },
    events: mockServices.events(),
    instanceMetadata: mockServices.rootInstanceMetadata(),
    metrics: metricsServiceMock.mock(),
    notifications: { send: async () => {} },
    tracing: tracingServiceMock.mock(),
    logger,
    rootConfig: config,
    config: readDatasourceAuthConfig(config, 'http://localhost:7007'),
    permissions,
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
    userInfo: mockServices.userInfo(),
  });
}
