import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';

/** A request as it came over the wire. */
export interface SeenRequest {
  method: string;
  /** The request target, byte for byte. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/**
 * An API that streams: a real server that leaves bodies to its behaviour, and knows what it was asked.
 */
export class TestApi {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #behaviour: RequestListener = (_, response) => response.end();

  static async start(): Promise<TestApi> {
    const api = new TestApi();
    api.#server.listen(0, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#behaviour(request, response);
    });
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

  /** What happens to requests from now on, before anything of their body is read. */
  stream(behaviour: RequestListener): void {
    this.#behaviour = behaviour;
  }

  /** What happens from now on once a request is there whole. */
  answer(
    respond: (response: ServerResponse, request: SeenRequest) => void,
  ): void {
    this.#behaviour = async (request, response) => {
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
