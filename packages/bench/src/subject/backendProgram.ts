import {
  AuthService,
  coreServices,
  createBackendPlugin,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  DatasourceAuthService,
  DefaultDatasourceAuthService,
} from 'backstage-plugin-datasource-auth-node';
import express from 'express';
import Router from 'express-promise-router';
import { collectGarbage } from '../measuring/garbage';
import { answering } from '../processes/Worker';
import { configuration, CONSUMER } from './configuration';
import { createSignedInUsers } from './signedInUsers';
import { startBackstage } from './startBackstage';

/** The plugin with the reference route. */
const REFERENCE = 'bench-reference';

/** More than V8 keeps code for that isn't used. */
const COLLECTIONS = 8;

let answer: unknown;
let auth: AuthService;
let discovery: DiscoveryService;
/** Keeps the tokens that were taken in memory. */
let tokens: DatasourceAuthService;

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

const signedIn = createSignedInUsers();

/** Returns a token for a call of another plugin: as itself, or on behalf of a user. */
async function mint(plugin: string, user?: string): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: user
      ? await auth.authenticate(await (await signedIn).tokenFor(user))
      : await auth.getOwnServiceCredentials(),
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

/** A whole Backstage in this process, with or without the plugin. */
const answers = {
  start: async (options: {
    port: number;
    postgres: string;
    databasePrefix: string;
    /** Declared datasources. */
    datasources: JsonObject;
    hasPlugin: boolean;
  }) => {
    const { port, postgres, databasePrefix } = options;
    await startBackstage({
      port,
      config: configuration(options.datasources),
      database: { client: 'pg', connection: postgres, prefix: databasePrefix },
      features: [
        // Not imported at the top, because a Backstage without the plugin doesn't load it.
        ...(options.hasPlugin
          ? // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- this program is a backend
            [import('backstage-plugin-datasource-auth-backend')]
          : []),
        signedIn.then(({ authPlugin }) => ({ default: authPlugin })),
        referencePlugin,
        consumerPlugin,
      ],
    });
  },

  /** Response of the reference from now on. */
  setAnswer: (body: unknown) => {
    answer = body;
  },

  tokenFor: mint,

  /** Returns a token for each user, with which this plugin calls another one on their behalf. */
  tokensFor: async (plugin: string, users: string[]) => {
    const minted: string[] = [];
    for (const user of users) minted.push(await mint(plugin, user));
    return minted;
  },

  /** Microseconds of CPU that this process has used. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },

  /** Bytes that this process holds, without garbage. V8 drops code only after several collections that didn't see it run. */
  heldBytes: () => {
    for (let time = 0; time < COLLECTIONS; time++) collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },

  /** Gets the token of each datasource once, so that all are in memory. */
  take: async (names: string[]) => {
    tokens = DefaultDatasourceAuthService.create({ auth, discovery });
    for (const datasource of names) await tokens.getToken({ datasource });
  },

  /**
   * Gets the token of each datasource once, with a service that has none in memory but already has a
   * connection and a plugin token, as after its first request.
   */
  takeNotInMemory: async ([first, ...names]: string[]) => {
    const service = DefaultDatasourceAuthService.create({ auth, discovery });
    await service.getToken({ datasource: first });
    return timeEach(names, datasource => service.getToken({ datasource }));
  },

  takeByHand: async ([first, ...names]: string[]) => {
    await askByHand(first);
    return timeEach(names, askByHand);
  },
};

export type BackendProgram = typeof answers;

answering(answers);
