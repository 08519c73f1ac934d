import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A catalog of users, which replicas ask over HTTP. */
export class UserCatalog {
  /** `metadata.uid` of each user, by entity ref. */
  readonly users = new Map<string, string>();
  isDown = false;
  readonly #server: Server;

  static async start(): Promise<UserCatalog> {
    const catalog = new UserCatalog();
    catalog.#server.keepAliveTimeout = 0;
    catalog.#server.listen(0, 'localhost');
    await once(catalog.#server, 'listening');
    return catalog;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      if (this.isDown) {
        response.destroy();
        return;
      }
      const found = await this.#find(request);
      response.writeHead(found ? 200 : 404, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(found ?? {}));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Users are only listed: none has an email address that an account is compared with. */
  async #find(request: IncomingMessage): Promise<unknown> {
    const { pathname } = new URL(request.url!, this.url);
    if (pathname === '/entities') {
      return [...this.users.keys()].map(ref => this.#entity(ref));
    }
    if (pathname !== '/entities/by-refs') return undefined;
    const { entityRefs } = (await json(request)) as { entityRefs: string[] };
    return { items: entityRefs.map(ref => this.#entity(ref)) };
  }

  #entity(ref: string) {
    const uid = this.users.get(ref);
    return uid === undefined ? null : { kind: 'User', metadata: { uid } };
  }
}
