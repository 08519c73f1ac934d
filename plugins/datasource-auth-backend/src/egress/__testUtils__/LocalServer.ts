import { once } from 'node:events';
import {
  IncomingHttpHeaders,
  IncomingMessage,
  Server,
  ServerResponse,
  createServer,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';

/** A received request. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body, parsed as a form. */
  form: URLSearchParams;
}

/** Handles one request. */
export type Behavior = (
  response: ServerResponse,
  request: ReceivedRequest,
) => void | Promise<void>;

/**
 * A real local server that a test controls. It records its requests, and counts accepted connections to prove that none
 * bypassed the connector.
 */
export class LocalServer {
  readonly requests: ReceivedRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #behavior: Behavior = response => {
    response.end();
  };
  #connections = 0;

  static async start(behavior?: Behavior): Promise<LocalServer> {
    const local = new LocalServer(behavior);
    await local.listen();
    return local;
  }

  /** Creates a server that doesn't listen yet. */
  constructor(behavior?: Behavior) {
    if (behavior) this.behave(behavior);
    this.#server = createServer(async (message, response) => {
      const request = await received(message);
      this.requests.push(request);
      await this.#behavior(response, request);
    });
    this.#server.on('connection', socket => {
      this.#connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Replaces the request handler. */
  behave(behavior: Behavior): this {
    this.#behavior = behavior;
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get connections(): number {
    return this.#connections;
  }

  get last(): ReceivedRequest {
    return this.requests[this.requests.length - 1];
  }

  /** Closes every connection. */
  cut(): void {
    this.#sockets.forEach(socket => socket.resetAndDestroy());
  }

  async stop(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Responds with JSON. */
export function json(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Behavior {
  return text(JSON.stringify(value), 'application/json', status, headers);
}

/** Responds with text. */
export function text(
  body: string | Buffer,
  contentType: string,
  status = 200,
  headers: Record<string, string> = {},
): Behavior {
  return response => {
    response.writeHead(status, { 'content-type': contentType, ...headers });
    response.end(body);
  };
}

async function received(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const url = new URL(message.url ?? '/', 'http://localhost');
  return {
    method: message.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body,
    form: new URLSearchParams(body),
  };
}
