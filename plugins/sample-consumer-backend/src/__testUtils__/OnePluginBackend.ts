import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { BackstageClient, Child } from 'runner';

/** A backend with one plugin in its own process. It ends with its parent. */
export class OnePluginBackend {
  readonly #url: string;
  readonly #child: Child;

  /** Starts it and waits until its plugin has started. */
  static async start(options: {
    plugin: 'sample-consumer' | 'datasource-auth';
    port: number;
    /** Folder for its configuration and its log. */
    folder: string;
    config: JsonObject;
  }): Promise<OnePluginBackend> {
    const { plugin, port, folder, config } = options;
    const baseUrl = `http://localhost:${port}`;
    const file = join(folder, `${plugin}.json`);
    const backend = {
      ...(config.backend as JsonObject),
      baseUrl,
      listen: { host: 'localhost', port },
    };
    writeFileSync(file, JSON.stringify({ ...config, backend }));
    const child = Child.start({
      name: `The backend with ${plugin}`,
      entry:
        'plugins/sample-consumer-backend/src/__testUtils__/backendProcess.ts',
      args: ['--config', file],
      env: { NODE_ENV: 'production', TEST_PLUGIN: plugin },
      logFile: join(folder, `${plugin}.log`),
    });
    await child.up(new BackstageClient({ baseUrl }).isReady, {
      seconds: 60,
    });
    return new OnePluginBackend(`${baseUrl}/api/${plugin}`, child);
  }

  private constructor(url: string, child: Child) {
    this.#url = url;
    this.#child = child;
  }

  /** Calls its plugin. */
  async call(
    path: string,
    options: { bearer: string; method?: 'POST' },
  ): Promise<{ status: number; body: any }> {
    const { bearer, method = 'GET' } = options;
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/json',
      },
      body: method === 'POST' ? '{}' : undefined,
    });
    return { status: response.status, body: await response.json() };
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }
}
