import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface SeenRequest {
  method: string;
  /** The request target, byte for byte. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real server that streams, leaves bodies to its behavior, and records its requests. */
export class TestApi {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #behavior: RequestListener = (_, response) => response.end();

  static async start(): Promise<TestApi> {
    const api = new TestApi();
    api.#server.listen(0, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#behavior(request, response);
    });
    // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
    this.#server.keepAliveTimeout = 0;
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get last(): SeenRequest {
    return this.seen[this.seen.length - 1];
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Sets what happens to requests before their body is read. */
  stream(behavior: RequestListener): void {
    this.#behavior = behavior;
  }

  /** Sets what happens once a request is complete. */
  answer(
    respond: (response: ServerResponse, request: SeenRequest) => void,
  ): void {
    this.#behavior = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const seen = {
        method: request.method!,
        target: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      this.seen.push(seen);
      respond(response, seen);
    };
  }

  async stop(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }
}
