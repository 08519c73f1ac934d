import type { Server } from 'node:http';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { rootSystemMetadataServiceFactory } from '@backstage/backend-defaults/rootSystemMetadata';
import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import express from 'express';
import Router from 'express-promise-router';
import createKnex, { Knex } from 'knex';
import {
  GATEWAY_RESPONSE_HEADER,
  TokenRequest,
} from 'backstage-plugin-datasource-auth-common';
import {
  OnConnect,
  Resolve,
} from 'backstage-plugin-datasource-auth-node/egress';
import { DatasourceAuth } from '../createDatasourceAuth';
import { BrokerMoment } from '../credentials/TokenBroker';
import { createDatasourceAuthPlugin } from '../plugin';
import { assertTranslatable } from './assertTranslatable';
import { createSignedInUsers } from './signedInUsers';

/** A caller of the HTTP API. */
export interface ApiClient {
  (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any; headers: Headers }>;
}

/**
 * Starts a backend with the plugin on a real database, with Backstage's real authentication, signed-in users and two
 * plugins that get tokens as themselves (`consumer-a`, `consumer-b`).
 */
export async function startDatasourceAuth(options: {
  knex: Knex;
  config?: JsonObject;
  datasourceAuth?: JsonObject;
  /** Called for every socket that the plugin opens. */
  onConnect?: OnConnect;
  /** Called at each moment of a refresh, which waits for it. */
  hold?: (moment: BrokerMoment) => Promise<void>;
  /** Resolves the names of providers and APIs. */
  resolve?: Resolve;
  /** Modules of the plugin, and other plugins. */
  features?: BackendFeature[];
  /** Decides about permissions; allows everything by default. */
  permissions?: PermissionsService;
}) {
  const users = await createSignedInUsers();
  const scheduler = mockServices.scheduler();
  let parts: DatasourceAuth | undefined;
  const backend = await startTestBackend({
    features: [
      createDatasourceAuthPlugin({
        hold: options.hold,
        onConnect: options.onConnect,
        resolve: options.resolve,
        onParts: all => {
          parts = all;
        },
      }),
      ...(options.features ?? []),
      users.authPlugin,
      authServiceFactory,
      httpAuthServiceFactory,
      rootSystemMetadataServiceFactory,
      consumerPlugin('consumer-a'),
      consumerPlugin('consumer-b'),
      databaseFor(options.knex),
      ...(options.permissions
        ? [
            createServiceFactory({
              service: coreServices.permissions,
              deps: {},
              factory: () => options.permissions!,
            }),
          ]
        : []),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: {
            baseUrl: 'http://localhost:7007',
            auth: {
              externalAccess: [
                {
                  type: 'static',
                  options: {
                    token: 'static-token-1',
                    subject: 'plugin:consumer-a',
                  },
                },
                {
                  type: 'static',
                  options: { token: 'static-token-2', subject: 'automation' },
                  accessRestrictions: [
                    {
                      plugin: 'datasource-auth',
                      permission: [
                        'datasource-auth.datasource.create',
                        'datasource-auth.datasource.read',
                      ],
                    },
                  ],
                },
                {
                  type: 'static',
                  options: { token: 'static-token-3', subject: 'reports' },
                  accessRestrictions: [
                    {
                      plugin: 'datasource-auth',
                      permission: 'datasource-auth.datasource.use',
                    },
                  ],
                },
              ],
            },
          },
          ...options.config,
          datasourceAuth: {
            encryption: {
              keys: [
                { id: 'k1', secret: 'test-secret-test-secret-test-secret' },
              ],
            },
            access: { managers: ['user:default/jane', 'user:default/bob'] },
            egress: { allow: ['localhost'], allowHttp: ['localhost'] },
            ...options.datasourceAuth,
          },
        },
      }),
    ],
  });

  const server: Server & { port(): number } = backend.server;
  // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
  server.keepAliveTimeout = 0;
  const baseUrl = `http://localhost:${server.port()}`;
  const url = `${baseUrl}/api/datasource-auth`;
  const clientWith =
    (authorization?: string): ApiClient =>
    async (method, path, body, headers) => {
      const response = await fetch(
        path.startsWith('http') ? path : `${url}${path}`,
        {
          method,
          redirect: 'manual',
          headers: {
            ...(authorization ? { authorization } : {}),
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json' }),
            ...headers,
          },
          body:
            body === undefined || typeof body === 'string'
              ? (body as string | undefined)
              : JSON.stringify(body),
        },
      );
      const text = await response.text();
      const answer = {
        status: response.status,
        headers: response.headers,
        body: response.headers.get('content-type')?.includes('json')
          ? JSON.parse(text)
          : text,
      };
      if (!answer.headers.has(GATEWAY_RESPONSE_HEADER))
        assertTranslatable(answer.body);
      return answer;
    };

  return {
    server,
    stop: () => backend.stop(),
    /** Writes counted usage now. */
    flush: () => scheduler.triggerTask('datasource-auth-usage-flush'),
    /** Notifies the plugin that the row of a datasource changed, as its change feed does within two seconds. */
    tellChange: (datasourceId: string) => parts!.feed.tell({ datasourceId }),
    /** Runs the background tasks. */
    runTask: (id: string) => scheduler.triggerTask(id),
    url,
    /** A user who is signed in. */
    user: async (userRef: string, groups?: string[]) =>
      clientWith(`Bearer ${await users.tokenFor(userRef, groups)}`),
    /** The owner of this token. */
    bearer: (token: string) => clientWith(`Bearer ${token}`),
    anonymous: clientWith(),
    /** A Backstage token with which a plugin calls this one, alone or for a user. */
    pluginToken: async (
      plugin: 'consumer-a' | 'consumer-b',
      more: { userRef?: string } = {},
    ): Promise<string> => {
      const token = await users.tokenFor(more.userRef ?? 'user:default/jane');
      const { body } = await clientWith(`Bearer ${token}`)(
        'POST',
        `${baseUrl}/api/${plugin}/backstage-token`,
        { forUser: Boolean(more.userRef) },
      );
      return body.token;
    },
    /** The Backstage token of a user. */
    userToken: (userRef: string) => users.tokenFor(userRef),
    /** Lets a plugin get a token, alone or for a user. */
    consume: async (
      plugin: 'consumer-a' | 'consumer-b',
      datasource: string,
      more: { userRef?: string } & Partial<TokenRequest> = {},
    ) => {
      const { userRef, ...body } = more;
      const token = await users.tokenFor(userRef ?? 'user:default/jane');
      return clientWith(`Bearer ${token}`)(
        'POST',
        `${baseUrl}/api/${plugin}/take/${datasource}`,
        { forUser: Boolean(userRef), body },
      );
    },
  };
}

/** The result of {@link startDatasourceAuth}. */
export type RunningDatasourceAuth = Awaited<
  ReturnType<typeof startDatasourceAuth>
>;

function consumerPlugin(pluginId: string) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ auth, discovery, httpRouter, httpAuth }) {
          const router = Router();
          router.use(express.json());
          const backstageToken = async (req: express.Request) =>
            auth.getPluginRequestToken({
              onBehalfOf: req.body.forUser
                ? await httpAuth.credentials(req)
                : await auth.getOwnServiceCredentials(),
              targetPluginId: 'datasource-auth',
            });
          router.post('/backstage-token', async (req, res) => {
            res.json(await backstageToken(req));
          });
          // The call that the service ref makes, without its memory: the test examines the backend's response.
          router.post('/take/:datasource', async (req, res) => {
            const { token } = await backstageToken(req);
            const answer = await fetch(
              `${await discovery.getBaseUrl('datasource-auth')}/datasources/${
                req.params.datasource
              }/token`,
              {
                method: 'POST',
                headers: {
                  authorization: `Bearer ${token}`,
                  'content-type': 'application/json',
                },
                body: JSON.stringify(req.body.body),
              },
            );
            res.status(answer.status).json(await answer.json());
          });
          httpRouter.use(router);
        },
      });
    },
  });
}

/** The tested database for our plugin, and one in memory for each of the others. */
function databaseFor(knex: Knex) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {
      plugin: coreServices.pluginMetadata,
      lifecycle: coreServices.lifecycle,
    },
    async factory({ plugin, lifecycle }) {
      if (plugin.getId() === 'datasource-auth') {
        return { getClient: async () => knex };
      }
      const own = createKnex({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
      lifecycle.addShutdownHook(() => own.destroy());
      return { getClient: async () => own };
    },
  });
}
