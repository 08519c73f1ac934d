import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { Behavior, LocalServer } from '../egress/__testUtils__/LocalServer';
import { databases } from './databases';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from './startDatasourceAuth';

type Options = Omit<Parameters<typeof startDatasourceAuth>[0], 'knex'>;

/**
 * Starts servers, a database, and an app that Jane is signed in to, for all tests of a block. Before each test, the
 * servers forget their requests.
 *
 * @param options - `app`: what the app needs besides the database, once the servers listen
 */
export function useApp<Name extends string>(options: {
  databaseId?: TestDatabaseId;
  servers: Record<Name, Behavior | undefined>;
  app?: (servers: Record<Name, LocalServer>) => Options;
}) {
  const { databaseId = 'SQLITE_3' } = options;
  const servers = Object.fromEntries(
    Object.entries<Behavior | undefined>(options.servers).map(
      ([name, behavior]) => [name, new LocalServer(behavior)],
    ),
  ) as Record<Name, LocalServer>;
  const all = Object.values<LocalServer>(servers);
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let jane: ApiClient;

  /** Starts another app on the same database. */
  const start = async (datasourceAuth: Options['datasourceAuth'] = {}) => {
    const own = options.app?.(servers);
    return startDatasourceAuth({
      ...own,
      knex,
      datasourceAuth: { ...own?.datasourceAuth, ...datasourceAuth },
    });
  };
  /** Replaces the app. */
  const restart = async () => {
    await app?.stop();
    app = await start();
    jane = await app.user('user:default/jane');
  };

  beforeAll(async () => {
    await Promise.all(all.map(server => server.listen()));
    knex = await databases.init(databaseId);
    await restart();
  });
  beforeEach(() => {
    for (const { requests } of all) requests.length = 0;
  });
  afterAll(async () => {
    await app?.stop();
    await Promise.all(all.map(server => server.stop()));
  });
  return {
    ...{ servers, start, restart },
    get knex() {
      return knex;
    },
    get app() {
      return app;
    },
    jane: ((...call) => jane(...call)) as ApiClient,
  };
}
