import {
  createServer,
  IncomingHttpHeaders,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** A request that a test server received. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Handler = (
  req: IncomingMessage,
  res: ServerResponse,
  received: Received,
) => void;

/** A real HTTP server for tests: mocks of the global fetch don't affect ours. */
export class LocalServer {
  readonly received: Received[] = [];
  readonly url: string;
  connections = 0;
  handler: Handler;
  readonly #server: Server;

  static async start(
    handler: Handler = (_req, res) => res.end(),
  ): Promise<LocalServer> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new LocalServer(server, handler);
  }

  private constructor(server: Server, handler: Handler) {
    this.#server = server;
    this.handler = handler;
    // Only clients close idle connections: a blocked test could use one that the server closes at that moment.
    server.keepAliveTimeout = 0;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', () => {
      this.connections += 1;
    });
    server.on('request', (req, res) => this.#receive(req, res));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #receive(req: IncomingMessage, res: ServerResponse) {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of req) chunks.push(chunk);
    } catch {
      return; // the client disconnected during the response
    }
    const received: Received = {
      method: req.method!,
      url: req.url!,
      headers: req.headers,
      body: Buffer.concat(chunks).toString(),
    };
    this.received.push(received);
    this.handler(req, res, received);
  }
}
