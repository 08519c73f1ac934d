import { freePort } from 'runner';
import { Target } from '../measuring/load';
import { Worker } from '../processes/Worker';
import type { BackendProgram } from './backendProgram';

/** A Backstage in its own process, with the plugin and a reference route. */
export class Backend {
  readonly worker: Worker<BackendProgram>;
  readonly origin: string;

  static async start(options: {
    postgres: string;
    databasePrefix: string;
    provider: string;
    datasources: string[];
  }): Promise<Backend> {
    const port = await freePort();
    const worker = Worker.start<BackendProgram>(
      'packages/bench/src/subject/backendProgram.ts',
      { log: `backend-${options.databasePrefix}` },
    );
    await worker.ask('start', { port, ...options });
    return new Backend(worker, `http://localhost:${port}`);
  }

  private constructor(worker: Worker<BackendProgram>, origin: string) {
    this.worker = worker;
    this.origin = origin;
  }

  /** The token request for a datasource, as a plugin sends it. */
  async tokenCall(datasource: string): Promise<Target> {
    return this.#call(
      'datasource-auth',
      `/datasources/${datasource}/token`,
      '{}',
    );
  }

  /** The same request to a route that only authenticates and returns this response. */
  async referenceCall(answer: string): Promise<Target> {
    await this.worker.ask('setAnswer', JSON.parse(answer));
    return this.#call('bench-reference', '/answer', '{}');
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  async #call(plugin: string, path: string, body: string): Promise<Target> {
    return {
      url: `${this.origin}/api/${plugin}${path}`,
      headers: {
        authorization: `Bearer ${await this.worker.ask('tokenFor', plugin)}`,
        'content-type': 'application/json',
      },
      body,
    };
  }
}
