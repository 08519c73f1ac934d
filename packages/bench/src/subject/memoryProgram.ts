import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import {
  DatasourceAuthService,
  DefaultDatasourceAuthService,
} from 'backstage-plugin-datasource-auth-node';
import { collectGarbage } from '../measuring/garbage';
import { answering } from '../processes/Worker';
import { configuration, CONSUMER, declared } from './configuration';

let tokens: DatasourceAuthService;

const consumerPlugin = createBackendPlugin({
  pluginId: CONSUMER,
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      async init(deps) {
        tokens = DefaultDatasourceAuthService.create(deps);
      },
    });
  },
});

/** A whole Backstage in this process, with or without the plugin. */
const answers = {
  start: async (options: {
    port: number;
    postgres: string;
    databasePrefix: string;
    provider: string;
    datasources: string[];
    plugin: boolean;
  }) => {
    const { port, postgres, databasePrefix } = options;
    const backend = createBackend();
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () =>
          new ConfigReader({
            ...configuration(declared(options.datasources, options.provider)),
            backend: {
              baseUrl: `http://localhost:${port}`,
              listen: { host: 'localhost', port },
              database: {
                client: 'pg',
                connection: postgres,
                prefix: databasePrefix,
              },
            },
          }),
      }),
    );
    if (options.plugin) {
      // Not imported at the top, because a Backstage without the plugin doesn't load it.
      // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- this program is a backend
      backend.add(import('backstage-plugin-datasource-auth-backend'));
    }
    backend.add(consumerPlugin);
    await backend.start();
  },

  /** Gets the token of each datasource once, so that all are in memory. */
  take: async (datasources: string[]) => {
    for (const datasource of datasources) await tokens.getToken({ datasource });
  },

  /** Bytes that this process holds, without garbage. */
  heldBytes: () => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
};

export type MemoryProgram = typeof answers;

answering(answers);
