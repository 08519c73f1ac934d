import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { Agent, Dispatcher } from 'undici';
import { bareSettingsOf } from './settings';
import { AuthorizedGateway } from '../access/AuthorizedGateway';
import { Caller } from '../access/caller';
import { CredentialCopy } from '../credentials/CredentialMemory';
import {
  ServedToken,
  TokenBroker,
  TokenNeed,
} from '../credentials/TokenBroker';
import { createGatewayRouter } from '../http/gateway';
import { Gateway } from '../gateway/Gateway';
import { GatewayTimes } from '../gateway/GatewayTimes';
import { rawRequest } from '../gateway/__testUtils__/rawRequest';
import { TestApi } from '../gateway/__testUtils__/TestApi';

/** Origin of the page that may call from elsewhere. */
export const PAGE_ORIGIN = 'http://localhost:3000';

/**
 * Starts the gateway behind Backstage's own middleware, without authentication, database and provider, for tests of
 * timing, connections, and the token.
 */
export async function startBareGateway(
  options: {
    times?: Partial<GatewayTimes>;
    /** Connections to the API; unlimited by default. */
    connections?: number;
    dispatcher?: Dispatcher;
    baseUrl?: string;
    /** What every call of the API has. */
    api?: Record<string, unknown>;
    limits?: { requestBytes?: number; responseBytes?: number };
    /** Returned instead of `token-1`. */
    token?: (need: TokenNeed) => Promise<string>;
  } = {},
) {
  const api = await TestApi.start();
  const agent = new Agent({ connections: options.connections });
  const datasource = {
    record: {
      name: 'crm',
      settings: bareSettingsOf({
        baseUrl: options.baseUrl ?? api.url,
        api: options.api,
        gateway: {
          routes: [{ methods: ['GET', 'POST'], path: '/**' }],
          limits: options.limits,
        },
      }),
    },
    secrets: new Map(),
  };
  const needs: TokenNeed[] = [];
  const noted: Array<[what: string, token: string, route?: string]> = [];
  const broker = {
    getToken: async (_: CredentialCopy, need: TokenNeed = {}) => {
      needs.push(need);
      const accessToken = (await options.token?.(need)) ?? 'token-1';
      const row = {
        credentialId: 'c',
        generation: Number(accessToken.split('-')[1]),
      };
      return { datasource, row, payload: { accessToken, kept: {} } };
    },
    accepted: async ({ payload }: ServedToken, helped?: string) => {
      noted.push(['accepted', payload.accessToken, helped]);
    },
    rejected: async ({ payload }: ServedToken, route?: string) => {
      noted.push(['rejected', payload.accessToken, route]);
    },
  } as unknown as TokenBroker;
  const gateway = new Gateway({
    dispatcherWith: () => options.dispatcher ?? agent,
    broker,
    baseUrl: 'http://localhost:7007/api/datasource-auth',
    times: options.times,
  });
  const uses: boolean[] = [];
  const authorized: Pick<AuthorizedGateway, 'forward'> = {
    forward: call =>
      gateway.forward({ datasource } as unknown as CredentialCopy, call, use =>
        uses.push(use.rejected),
      ),
  };

  const app = express();
  const middleware = MiddlewareFactory.create({
    logger: mockServices.logger.mock(),
    config: mockServices.rootConfig({
      data: {
        backend: {
          cors: { origin: PAGE_ORIGIN, exposedHeaders: ['x-of-theirs'] },
        },
      },
    }),
  });
  app.use(middleware.helmet());
  app.use(middleware.cors());
  app.use(middleware.compression());
  app.use(
    createGatewayRouter({
      gateway: authorized as AuthorizedGateway,
      callerOf: async () => ({} as Caller),
    }),
  );
  app.use(middleware.error());
  const server = createServer(app).listen(0, '127.0.0.1');
  // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    api,
    url,
    /** Requests to the broker, in order. */
    needs,
    /** Recorded tokens that the API accepted or rejected. */
    noted,
    /** For each token that was used: whether another one had been rejected before. */
    uses,
    call: (path: string, more?: Parameters<typeof rawRequest>[2]) =>
      rawRequest(url, `/gateway/crm${path}`, more),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await agent.destroy();
      await api.stop();
    },
  };
}

/** The result of {@link startBareGateway}. */
export type RunningBareGateway = Awaited<ReturnType<typeof startBareGateway>>;
