import { JsonObject } from '@backstage/types';
import { freePort } from 'runner';
import { Target } from '../measuring/load';
import { Worker } from '../processes/Worker';
import type { BackendProgram } from './backendProgram';

const PLUGIN = 'datasource-auth';

/** A Backstage in its own process, with the plugin and a reference route. */
export class Backend {
  readonly worker: Worker<BackendProgram>;
  readonly origin: string;

  static async start(options: {
    postgres: string;
    databasePrefix: string;
    /** Declared datasources. */
    datasources: JsonObject;
    hasPlugin?: boolean;
  }): Promise<Backend> {
    const port = await freePort();
    const worker = Worker.start<BackendProgram>(
      'packages/bench/src/subject/backendProgram.ts',
      { log: `backend-${options.databasePrefix}` },
    );
    await worker.ask('start', { hasPlugin: true, ...options, port });
    return new Backend(worker, `http://localhost:${port}`);
  }

  private constructor(worker: Worker<BackendProgram>, origin: string) {
    this.worker = worker;
    this.origin = origin;
  }

  /** The token request for a datasource, as a plugin sends it. */
  async tokenCall(datasource: string): Promise<Target> {
    const token = await this.worker.ask('tokenFor', PLUGIN);
    return this.#call(PLUGIN, tokenPath(datasource), '{}', token);
  }

  /** The same request on behalf of each of these users. */
  async tokenCallsFor(datasource: string, users: string[]): Promise<Target[]> {
    const tokens = await this.worker.ask('tokensFor', PLUGIN, users);
    const body = JSON.stringify({ subject: 'user' });
    return tokens.map(token =>
      this.#call(PLUGIN, tokenPath(datasource), body, token),
    );
  }

  /** The same request to a route that only authenticates and returns this response. */
  async referenceCall(answer: string): Promise<Target> {
    await this.worker.ask('setAnswer', JSON.parse(answer));
    const token = await this.worker.ask('tokenFor', 'bench-reference');
    return this.#call('bench-reference', '/answer', '{}', token);
  }

  async stop(): Promise<void> {
    await this.worker.stop();
  }

  #call(plugin: string, path: string, body: string, token: string): Target {
    return {
      url: `${this.origin}/api/${plugin}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body,
    };
  }
}

function tokenPath(datasource: string): string {
  return `/datasources/${datasource}/token`;
}
