import { createBackend } from '@backstage/backend-defaults';
import {
  AuthService,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- this program is a backend
import datasourceAuthPlugin from 'backstage-plugin-datasource-auth-backend';
import {
  DatasourceAuthService,
  DefaultDatasourceAuthService,
} from 'backstage-plugin-datasource-auth-node';
import express from 'express';
import Router from 'express-promise-router';
import { answering } from '../processes/Worker';
import { configuration, CONSUMER, declared } from './configuration';

/** The plugin with the reference route. */
const REFERENCE = 'bench-reference';

let answer: unknown;
let auth: AuthService;
let discovery: DiscoveryService;

/** An authenticated route that returns a fixed response: the cost of Backstage itself. */
const referencePlugin = createBackendPlugin({
  pluginId: REFERENCE,
  register(env) {
    env.registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ httpAuth, httpRouter }) {
        const router = Router();
        router.use(express.json());
        router.post('/answer', async (req, res) => {
          await httpAuth.credentials(req, { allow: ['service'] });
          res.json(answer);
        });
        httpRouter.use(router);
      },
    });
  },
});

/** A plugin that gets tokens. */
const consumerPlugin = createBackendPlugin({
  pluginId: CONSUMER,
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      async init(deps) {
        ({ auth, discovery } = deps);
      },
    });
  },
});

async function mint(plugin: string): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: plugin,
  });
  return token;
}

/** How a plugin would typically call another one: a new token for each request, and the global fetch. */
async function askByHand(datasource: string): Promise<unknown> {
  const base = await discovery.getBaseUrl('datasource-auth');
  const response = await fetch(`${base}/datasources/${datasource}/token`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await mint('datasource-auth')}`,
      'content-type': 'application/json',
    },
    body: '{}',
  });
  if (!response.ok) throw new Error(`Answered ${response.status}`);
  return response.json();
}

async function timeEach(
  names: string[],
  ask: (name: string) => Promise<unknown>,
): Promise<number[]> {
  const milliseconds: number[] = [];
  for (const name of names) {
    const askedAt = performance.now();
    await ask(name);
    milliseconds.push(performance.now() - askedAt);
  }
  return milliseconds;
}

/** A whole Backstage with the plugin, in this process. */
const answers = {
  start: async (options: {
    port: number;
    postgres: string;
    databasePrefix: string;
    provider: string;
    datasources: string[];
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
    backend.add(datasourceAuthPlugin);
    backend.add(referencePlugin);
    backend.add(consumerPlugin);
    await backend.start();
  },

  /** Response of the reference from now on. */
  setAnswer: (body: unknown) => {
    answer = body;
  },

  tokenFor: mint,

  /** Microseconds of CPU that this process has used. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },

  /**
   * Gets the token of each datasource once, with a service that has none in memory but already has a
   * connection and a plugin token, as after its first request.
   */
  takeNotInMemory: async ([first, ...names]: string[]) => {
    const tokens: DatasourceAuthService = DefaultDatasourceAuthService.create({
      auth,
      discovery,
    });
    await tokens.getToken({ datasource: first });
    return timeEach(names, datasource => tokens.getToken({ datasource }));
  },

  takeByHand: async ([first, ...names]: string[]) => {
    await askByHand(first);
    return timeEach(names, askByHand);
  },
};

export type BackendProgram = typeof answers;

answering(answers);
