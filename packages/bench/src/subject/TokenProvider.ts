import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** A request to the token endpoint. Milliseconds since the epoch. */
export interface ProviderCall {
  receivedAt: number;
  answeredAt: number;
}

/** A token endpoint that responds after a chosen time and records its requests. */
export class TokenProvider {
  readonly #server: Server;
  readonly #calls: ProviderCall[] = [];
  /** Milliseconds from the request to its response. */
  delay = 0;
  /** Requests that wait for their response. */
  pending = 0;

  static async start(options: { port?: number } = {}): Promise<TokenProvider> {
    const provider = new TokenProvider();
    await new Promise<void>(resolve => {
      provider.#server.listen(options.port ?? 0, 'localhost', resolve);
    });
    return provider;
  }

  private constructor() {
    this.#server = createServer((req, res) => {
      const receivedAt = Date.now();
      req.resume();
      req.once('end', () => {
        this.pending += 1;
        const answer = () => this.#answer(res, receivedAt);
        if (this.delay > 0) setTimeout(answer, this.delay);
        else answer();
      });
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Returns the requests since the last call. */
  takeCalls(): ProviderCall[] {
    return this.#calls.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(res: ServerResponse, receivedAt: number) {
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify({
        access_token: `${crypto.randomUUID()}${crypto.randomUUID()}`,
        token_type: 'Bearer',
        expires_in: 3_600,
        scope: 'read',
      }),
    );
    this.pending -= 1;
    this.#calls.push({ receivedAt, answeredAt: Date.now() });
  }
}
