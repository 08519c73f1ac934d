import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { acceptLenientRequests } from './authorizationRequests';
import { createAuthorizationServer } from './authorizationServer';
import { registerConsole } from './console';
import { demoAccounts } from './demoAccounts';
import { demoClients } from './demoClients';
import type { DemoProviderOptions } from './DemoProviderOptions';
import {
  type DemoCounts,
  DemoStatistics,
  type IssuedToken,
} from './DemoStatistics';
import { DemoStore } from './DemoStore';
import { type DemoFaults, FaultSwitch } from './faults';
import { registerInteractions } from './interactions';
import { registerProtectedApi } from './protectedApi';
import { RegisteredClients } from './RegisteredClients';
import { demoIssuers } from './signedJwts';
import { registerTenants } from './tenants';
import { registerTestEndpoints, revokeGrants } from './testEndpoints';

/** A running demo provider. */
export interface DemoProvider {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly issuer: string;
  readonly port: number;
  /** Statistics so far. */
  readonly counts: DemoCounts;
  /** Every token in clear text; empty unless `recordIssued` is set. */
  readonly issued: readonly IssuedToken[];
  /** Sets the faults of the token endpoint from now on; `{}` ends them. */
  setFaults(faults: DemoFaults): void;
  /** Sets the lifetime of access tokens issued from now on. */
  setAccessTokenSeconds(seconds: number): void;
  /** Ends every grant and its tokens, and returns how many there were. */
  revokeGrants(): number;
  close(): Promise<void>;
}

/** Starts an authorization server and the API for its tokens on one port. */
export async function createDemoProvider(
  options: DemoProviderOptions = {},
): Promise<DemoProvider> {
  const { host = 'localhost' } = options;
  let accessTokenSeconds = options.accessTokenSeconds ?? 120;

  // The port is part of the issuer, so the server listens before it can respond.
  const servers = await listen({ host, port: options.port ?? 0 });
  const { port } = servers[0].address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const issuer = options.issuer ?? url;

  const accounts = options.accounts ?? demoAccounts;
  const trustedIssuers = options.trustedIssuers ?? demoIssuers();
  const store = DemoStore.open({ file: options.storeFile });
  const clients = new RegisteredClients(
    options.clients ?? demoClients(),
    store,
  );
  const apiKey = options.apiKey ?? 'demo-only-api-key';
  const provider = createAuthorizationServer({
    issuer,
    clients,
    accounts,
    store,
    trustedIssuers,
    requirePkce: options.requirePkce ?? true,
    requireDpopNonce: options.requireDpopNonce ?? false,
    accessTokenSeconds: () => accessTokenSeconds,
  });
  registerTenants(provider);
  const statistics = DemoStatistics.of(provider, {
    recordIssued: options.recordIssued ?? false,
  });
  const faults = new FaultSwitch();
  faults.register(provider);
  acceptLenientRequests(provider);
  registerInteractions(provider, accounts);
  registerProtectedApi(provider, {
    accounts,
    apiKey,
    trustedIssuers,
    statistics,
  });
  if (host === 'localhost') registerConsole(provider, { clients, apiKey });
  registerTestEndpoints(provider, {
    statistics,
    faults,
    store,
    admin: options.admin ?? false,
  });
  servers.forEach(server => server.on('request', provider.callback()));

  return {
    url,
    issuer,
    port,
    get counts() {
      return statistics.counts;
    },
    get issued() {
      return statistics.issued;
    },
    setFaults: next => faults.set(next),
    setAccessTokenSeconds: seconds => {
      accessTokenSeconds = seconds;
    },
    revokeGrants: () => revokeGrants(store),
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

/**
 * Listens on one interface. For `localhost`, it uses both loopback addresses, because clients differ in which
 * one they use. Without IPv6, it uses one.
 */
async function listen(options: {
  host: string;
  port: number;
}): Promise<Server[]> {
  if (options.host !== 'localhost') {
    return [await listenOn(options.host, options.port)];
  }
  const first = await listenOn('127.0.0.1', options.port);
  const { port } = first.address() as AddressInfo;
  try {
    return [first, await listenOn('::1', port)];
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (taken && options.port !== 0) {
      await closeServer(first);
      throw error;
    }
    return [first];
  }
}

async function listenOn(host: string, port: number): Promise<Server> {
  const server = createServer();
  // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
