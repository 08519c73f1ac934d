import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import createKnex, { Knex } from 'knex';
import { CONSUMER, configuration } from './configuration';
import {
  Caller,
  createDatasourceAuth,
  DatasourceAuth,
  openDatabase,
  readDatasourceAuthConfig,
} from './datasourceAuthParts';

const BASE_URL = 'http://localhost:7007/api/datasource-auth';
/** A signed-in user, who is in the catalog. */
export const USER = 'user:default/manager';

const credentials: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: {},
};

/** The plugin that gets tokens, as identified by the HTTP API. */
export const consumer: Caller = {
  kind: 'plugin',
  plugin: CONSUMER,
  credentials,
};

/** A signed-in user. */
export const user: Caller = { kind: 'user', userRef: USER, credentials };

/** Opens a database: PostgreSQL by URL, SQLite by path. */
export function connect(database: string): Knex {
  return database.startsWith('postgres')
    ? createKnex({ client: 'pg', connection: database })
    : createKnex({
        client: 'better-sqlite3',
        connection: database,
        useNullAsDefault: true,
      });
}

const nothing = () => {};
const silentMetrics = {
  createCounter: () => ({ add: nothing }),
  createHistogram: () => ({ record: nothing }),
  createObservableGauge: () => ({ addCallback: nothing }),
};
const silentLogger = {
  error: (message: string) => process.stderr.write(`${message}\n`),
  warn: (message: string) => process.stderr.write(`${message}\n`),
  info: nothing,
  debug: nothing,
  child: () => silentLogger,
};

/** The plugin's parts on a database, without HTTP, in a Backstage with permissions off. */
export async function openDatasourceAuth(
  knex: Knex,
  datasources: JsonObject,
): Promise<DatasourceAuth> {
  const rootConfig = new ConfigReader(configuration(datasources));
  await openDatabase({ getClient: async () => knex });
  const allow = async (questions: unknown[]) =>
    questions.map(() => ({ result: 'ALLOW' }));
  const surroundings = {
    auditor: {
      createEvent: async () => ({ success: nothing, fail: nothing }),
    },
    events: { publish: async () => {} },
    logger: silentLogger,
    metrics: silentMetrics,
    notifications: { send: async () => {} },
    tracing: {
      startActiveSpan: (_name: string, _options: object, run: Function) =>
        run({ setAttribute: nothing, setStatus: nothing }),
    },
    permissions: { authorize: allow, authorizeConditional: allow },
    permissionsRegistry: {},
    // A catalog that has everyone, with the ref as the uid.
    directory: {
      uidsOf: async (refs: string[]) => new Map(refs.map(ref => [ref, ref])),
      hasUsers: async () => true,
    },
    userInfo: {
      getUserInfo: async () => ({
        userEntityRef: USER,
        ownershipEntityRefs: [USER],
      }),
    },
  };
  return createDatasourceAuth({
    ...(surroundings as unknown as Parameters<typeof createDatasourceAuth>[0]),
    rootConfig,
    config: readDatasourceAuthConfig(rootConfig, BASE_URL),
    knex,
  });
}
