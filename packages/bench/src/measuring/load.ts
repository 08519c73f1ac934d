import { Dispatcher, Pool } from 'undici';

/** Result of a period of load. */
export interface Load {
  requests: number;
  seconds: number;
  /** Milliseconds of each request, unordered. */
  latencies: number[];
}

/** A request to repeat. */
export interface Target {
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** A caller over kept-alive connections. The status must always be 200. */
export class Loader {
  readonly #pool: Pool;

  constructor(options: { origin: string; connections: number }) {
    this.#pool = new Pool(options.origin, { connections: options.connections });
  }

  async send({ url, headers, body }: Target): Promise<string> {
    const options: Dispatcher.RequestOptions = {
      path: new URL(url).pathname,
      method: 'POST',
      headers,
      body: body ?? null,
    };
    const answer = await this.#pool.request(options);
    const text = await answer.body.text();
    if (answer.statusCode !== 200) {
      throw new Error(`${url} returned ${answer.statusCode}: ${text}`);
    }
    return text;
  }

  /** Runs concurrent requests as long as `goesOn` returns true. */
  async press(
    target: Target,
    options: { atOnce: number; goesOn: () => boolean },
  ): Promise<Load> {
    const latencies: number[] = [];
    const start = performance.now();
    const caller = async () => {
      while (options.goesOn()) {
        const sentAt = performance.now();
        await this.send(target);
        latencies.push(performance.now() - sentAt);
      }
    };
    await Promise.all(Array.from({ length: options.atOnce }, caller));
    return {
      requests: latencies.length,
      seconds: (performance.now() - start) / 1000,
      latencies,
    };
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
