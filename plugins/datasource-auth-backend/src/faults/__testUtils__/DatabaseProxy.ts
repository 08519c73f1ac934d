import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

interface Pair {
  client: Socket;
  database: Socket;
  stalled: boolean;
}

/**
 * A proxy between one replica and its database that fails as networks and databases do: it cuts, refuses, drops
 * everything, or loses or holds back the reply to one statement that the database has executed.
 */
export class DatabaseProxy {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #refusing = false;
  #losing?: { text: string; lost: () => void };
  #holding?: { text: string; arrived: () => void; released: Promise<void> };

  static async start(target: {
    host: string;
    port: number;
  }): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer(client => {
      if (this.#refusing) {
        client.resetAndDestroy();
        return;
      }
      const database = connect(target);
      const pair: Pair = { client, database, stalled: false };
      this.#pairs.add(pair);
      let loses = false;
      let held = Promise.resolve();
      let arrived: (() => void) | undefined;
      client.on('data', chunk => {
        if (pair.stalled) return;
        if (this.#losing && chunk.includes(this.#losing.text)) loses = true;
        const holding = this.#holding;
        if (holding && chunk.includes(holding.text)) {
          this.#holding = undefined;
          held = holding.released;
          arrived = holding.arrived;
        }
        database.write(chunk);
      });
      database.on('data', chunk => {
        if (pair.stalled) return;
        arrived?.();
        arrived = undefined;
        if (!loses) {
          held.then(() => client.write(chunk));
          return;
        }
        // The reply says that the statement was executed and committed, but nobody receives it.
        this.#losing?.lost();
        this.#losing = undefined;
        client.resetAndDestroy();
      });
      const end = () => {
        this.#pairs.delete(pair);
        client.destroy();
        database.destroy();
      };
      for (const socket of [client, database]) {
        socket.on('error', end);
        socket.on('close', end);
      }
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection. */
  cut() {
    for (const { client } of this.#pairs) client.resetAndDestroy();
  }

  /** Cuts every connection, and accepts none until {@link DatabaseProxy.accept} is called. */
  refuse() {
    this.#refusing = true;
    this.cut();
  }

  accept() {
    this.#refusing = false;
  }

  /** Drops all traffic on existing connections, which stay open, like a firewall that lost its state. */
  stall() {
    for (const pair of this.#pairs) pair.stalled = true;
  }

  /** Loses the reply to the next statement that contains this text. Resolves when it is lost. */
  async loseReplyTo(text: string): Promise<void> {
    await new Promise<void>(resolve => {
      this.#losing = { text, lost: resolve };
    });
  }

  /**
   * Holds back the reply to the next statement that contains this text or value, until it is released. The database has
   * executed it when it arrived.
   */
  holdReplyTo(text: string): { arrived: Promise<void>; go: () => void } {
    let go = () => {};
    const released = new Promise<void>(resolve => {
      go = resolve;
    });
    const arrived = new Promise<void>(resolve => {
      this.#holding = { text, arrived: resolve, released };
    });
    return { arrived, go };
  }

  close() {
    this.#server.close();
    this.cut();
  }
}
