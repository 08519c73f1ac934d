import { Dispatcher, Pool } from 'undici';

/** A GET request to repeat. */
export interface Download {
  path: string;
  headers: Record<string, string>;
  /** Size of the response, whose status must be 200. */
  size: number;
}

/** Reads responses and discards them, so that only the sender is measured. */
export class Downloader {
  readonly #pool: Pool;

  constructor(options: { origin: string; connections: number }) {
    this.#pool = new Pool(options.origin, { connections: options.connections });
  }

  /** @param onProgress - called with the bytes received so far; returns a promise to slow the caller down */
  async read(
    download: Download,
    onProgress?: (received: number) => Promise<void> | undefined,
  ): Promise<void> {
    const { path, headers, size } = download;
    const options: Dispatcher.RequestOptions = { path, headers, method: 'GET' };
    const { statusCode, body } = await this.#pool.request(options);
    let received = 0;
    for await (const chunk of body) {
      received += chunk.length;
      if (onProgress) await onProgress(received);
    }
    if (statusCode !== 200 || received !== size) {
      throw new Error(`${path} returned ${statusCode} with ${received} bytes`);
    }
  }

  /** Runs concurrent downloads for a time. Resolves with downloads per second. */
  async press(
    download: Download,
    options: { atOnce: number; seconds: number },
  ): Promise<{ count: number; perSecond: number }> {
    const start = performance.now();
    const end = start + options.seconds * 1000;
    let count = 0;
    const caller = async () => {
      while (performance.now() < end) {
        await this.read(download);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: options.atOnce }, caller));
    return { count, perSecond: (count * 1000) / (performance.now() - start) };
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** Closes without waiting for open requests. */
  async abandon(): Promise<void> {
    await this.#pool.destroy();
  }
}
