import {
  AuthService,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import proxyPlugin from '@backstage/plugin-proxy-backend';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- this program is a backend
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import { collectGarbage } from '../measuring/garbage';
import { answering } from '../processes/Worker';
import { configuration, CONSUMER, declared } from './configuration';
import { startBackstage } from './startBackstage';

let auth: AuthService;

const consumerPlugin = createBackendPlugin({
  pluginId: CONSUMER,
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth },
      async init(deps) {
        ({ auth } = deps);
      },
    });
  },
});

/** A whole Backstage in this process, with the gateway and Backstage's proxy in front of one API. */
const answers = {
  start: async (options: {
    port: number;
    datasource: string;
    /** Name of the datasource with a static key. */
    keyed: string;
    provider: string;
    api: string;
  }) => {
    const { port, datasource, keyed, provider, api } = options;
    const settings = declared([datasource], provider)[datasource] as JsonObject;
    const reached = {
      ...settings,
      baseUrl: api,
      gateway: { routes: [{ methods: ['GET'], path: '/answers/:size' }] },
    };
    const config = configuration({
      [datasource]: reached,
      [keyed]: { ...reached, auth: { type: 'static', bearer: 'static' } },
    });
    await startBackstage({
      port,
      config: {
        ...config,
        proxy: {
          endpoints: {
            '/api': {
              target: api,
              headers: { Authorization: 'Bearer static' },
            },
          },
        },
      },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      features: [datasourceAuthPlugin, proxyPlugin, consumerPlugin],
    });
  },

  tokenFor: async (plugin: string) => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: plugin,
    });
    return token;
  },

  /** Microseconds of CPU that this process has used. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },

  /** Bytes of the buffers that this process holds, without garbage. */
  heldBytes: () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  },
};

export type GatewayProgram = typeof answers;

answering(answers);
