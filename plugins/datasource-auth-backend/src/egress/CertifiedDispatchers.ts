import { createHash } from 'node:crypto';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { LRUCache } from 'lru-cache';
import { Dispatcher } from 'undici';

/** Number of certificates kept. Each datasource has at most one, and few are called at the same time. */
export const REMEMBERED_CERTIFICATES = 100;

/**
 * Keeps one dispatcher per client certificate, so that certificates never share a connection. Closes the least recently
 * used one first, after its running requests finish.
 */
export class CertifiedDispatchers {
  readonly #dispatchers: LRUCache<string, Dispatcher>;
  readonly #open: (certificate: ClientCertificate) => Dispatcher;

  constructor(options: {
    open: (certificate: ClientCertificate) => Dispatcher;
  }) {
    this.#open = options.open;
    this.#dispatchers = new LRUCache({
      max: REMEMBERED_CERTIFICATES,
      dispose: dispatcher => {
        dispatcher.close().catch(() => {});
      },
    });
  }

  /** Returns the dispatcher of a certificate. Use it immediately: the next call can close it. */
  get(certificate: ClientCertificate): Dispatcher {
    const key = hashOf(certificate);
    let dispatcher = this.#dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.#open(certificate);
      this.#dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  /** Closes all dispatchers after their running requests finish. */
  async close(): Promise<void> {
    const closing = [...this.#dispatchers.values()].map(each => each.close());
    this.#dispatchers.clear();
    await Promise.all(closing);
  }
}

/** Returns the map key of a certificate, hashed so that it doesn't contain the private key. */
function hashOf({ certificate, key, passphrase }: ClientCertificate): string {
  return createHash('sha256')
    .update(JSON.stringify([certificate, key, passphrase]))
    .digest('base64url');
}
