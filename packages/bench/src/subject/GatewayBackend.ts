import { freePort } from 'runner';
import { Worker } from '../processes/Worker';
import type { ApiProgram } from './apiProgram';
import { datasourceNames } from './configuration';
import type { GatewayProgram } from './gatewayProgram';
import { TokenProvider } from './TokenProvider';

/** One way to an API. */
export interface ApiRoute {
  /** Path to which the size of a response is appended. */
  path: string;
  headers: Record<string, string>;
}

/**
 * An API, a Backstage in front of it, and two ways to it: the gateway, and Backstage's proxy with a static
 * header.
 */
export class GatewayBackend {
  readonly origin: string;
  readonly gateway: ApiRoute;
  /** The gateway with a static key in place of an access token. */
  readonly keyed: ApiRoute;
  readonly proxy: ApiRoute;
  readonly worker: Worker<GatewayProgram>;
  readonly #api: Worker<ApiProgram>;
  readonly #provider: TokenProvider;

  static async start(options: { log: string }): Promise<GatewayBackend> {
    const provider = await TokenProvider.start();
    const api = Worker.start<ApiProgram>(
      'packages/bench/src/subject/apiProgram.ts',
      { log: `api-${options.log}` },
    );
    const worker = Worker.start<GatewayProgram>(
      'packages/bench/src/subject/gatewayProgram.ts',
      { log: `gateway-${options.log}` },
    );
    const port = await freePort();
    const [datasource, keyed] = datasourceNames(2);
    await worker.ask('start', {
      port,
      datasource,
      keyed,
      provider: provider.url,
      api: await api.ask('start'),
    });
    const way = async (plugin: string, path: string): Promise<ApiRoute> => ({
      path: `/api/${plugin}${path}/answers/`,
      headers: {
        authorization: `Bearer ${await worker.ask('tokenFor', plugin)}`,
      },
    });
    return new GatewayBackend({
      origin: `http://localhost:${port}`,
      gateway: await way('datasource-auth', `/gateway/${datasource}`),
      keyed: await way('datasource-auth', `/gateway/${keyed}`),
      proxy: await way('proxy', '/api'),
      worker,
      api,
      provider,
    });
  }

  private constructor(options: {
    origin: string;
    gateway: ApiRoute;
    keyed: ApiRoute;
    proxy: ApiRoute;
    worker: Worker<GatewayProgram>;
    api: Worker<ApiProgram>;
    provider: TokenProvider;
  }) {
    this.origin = options.origin;
    this.gateway = options.gateway;
    this.keyed = options.keyed;
    this.proxy = options.proxy;
    this.worker = options.worker;
    this.#api = options.api;
    this.#provider = options.provider;
  }

  async stop(): Promise<void> {
    await this.worker.stop();
    await this.#api.stop();
    await this.#provider.stop();
  }
}
