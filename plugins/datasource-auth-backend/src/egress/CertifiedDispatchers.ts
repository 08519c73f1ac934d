import { createHash } from 'node:crypto';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { LRUCache } from 'lru-cache';
import { Dispatcher } from 'undici';

/** Certificates that are remembered: each datasource has one at most, and few are called at the same time. */
export const REMEMBERED_CERTIFICATES = 100;

/**
 * Keeps one dispatcher per client certificate, so that no two certificates share a connection. The least recently used
 * one is closed first, after its running requests have finished.
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

  /** To be used at once, because it can be closed as soon as another one is asked for. */
  get(certificate: ClientCertificate): Dispatcher {
    const key = hashOf(certificate);
    let dispatcher = this.#dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.#open(certificate);
      this.#dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  /** Closes all of them; running requests end first. */
  async close(): Promise<void> {
    const closing = [...this.#dispatchers.values()].map(each => each.close());
    this.#dispatchers.clear();
    await Promise.all(closing);
  }
}

/** Keys that are remembered do not repeat a private key. */
function hashOf({ certificate, key, passphrase }: ClientCertificate): string {
  return createHash('sha256')
    .update(JSON.stringify([certificate, key, passphrase]))
    .digest('base64url');
}
