import type { DemoClient } from './demoClients';
import type { DemoStore } from './DemoStore';

const MODEL = 'RedirectUris';

/** The clients with their current redirect URIs, which the console can change. */
export class RegisteredClients {
  readonly #clients: readonly DemoClient[];
  readonly #store: DemoStore;

  constructor(clients: readonly DemoClient[], store: DemoStore) {
    this.#clients = clients;
    this.#store = store;
  }

  list(): DemoClient[] {
    return this.#clients.map(client => {
      const changed = this.#store.get(MODEL, client.id);
      return changed
        ? { ...client, redirectUris: changed.redirectUris as string[] }
        : client;
    });
  }

  /** @throws Error for an address that OAuth 2.0 doesn't allow (RFC 6749 section 3.1.2) */
  setRedirectUris(id: string, redirectUris: string[]) {
    for (const uri of redirectUris) {
      if (!/^https?:\/\/[^#\s]+$/.test(uri) || !URL.canParse(uri)) {
        throw new Error(`Not an absolute HTTP(S) URL: ${uri}`);
      }
    }
    this.#store.set(MODEL, id, { redirectUris });
  }
}
