import { once } from 'node:events';
import { createServer, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** The plugin's own routes. Calls between backends are distributed in turn. */
const STEPS = /^\/api\/datasource-auth\/(?!\.backstage\/)/;

/**
 * A load balancer without sticky sessions: each request goes to the next replica, regardless of its sender. A test can choose
 * the replicas for the next calls of the plugin.
 */
export class LoadBalancer {
  readonly url: string;
  /** Number of the plugin's calls that each replica got. */
  readonly calls = [0, 0];
  readonly #server: Server;
  #replicas: string[] = [];
  #turn = 0;
  #order: number[] = [];

  static async start(): Promise<LoadBalancer> {
    const server = createServer();
    server.keepAliveTimeout = 0;
    server.listen(0, 'localhost');
    await once(server, 'listening');
    return new LoadBalancer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://localhost:${(server.address() as AddressInfo).port}`;
    server.on('request', (from, answer) => {
      const { hostname, port } = new URL(this.#next(from.url!));
      const onward = request(
        {
          ...{ hostname, port, path: from.url, method: from.method },
          headers: from.headers,
        },
        back => {
          answer.writeHead(back.statusCode!, back.rawHeaders);
          back.pipe(answer);
        },
      );
      onward.on('error', () => {
        if (!answer.headersSent) answer.writeHead(502);
        answer.end();
      });
      from.pipe(onward);
    });
  }

  /** Sends requests to these replicas from now on. */
  use(replicas: string[]) {
    this.#replicas = replicas;
  }

  /** Sends the next calls of the plugin to these replicas, in order. */
  sendTo(order: number[]) {
    this.#order = [...order];
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #next(path: string): string {
    const isStep = STEPS.test(path);
    const told = isStep ? this.#order.shift() : undefined;
    const index = told ?? (this.#turn += 1) % this.#replicas.length;
    if (isStep) this.calls[index] += 1;
    return this.#replicas[index];
  }
}
