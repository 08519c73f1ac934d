import { CredentialStore } from './CredentialStore';
import { TokenBroker } from './TokenBroker';

/** Renewals that run at once. */
const SLOTS = 8;

/**
 * Renews what is due although nobody asks for it. Costs what is due, not what is stored; each credential is claimed by
 * the broker's own lease when its call starts, never for a batch.
 */
export class RefreshSweeper {
  readonly #store: CredentialStore;
  readonly #broker: TokenBroker;

  static create(options: {
    store: CredentialStore;
    broker: TokenBroker;
  }): RefreshSweeper {
    return new RefreshSweeper(options);
  }

  private constructor(options: Parameters<typeof RefreshSweeper.create>[0]) {
    this.#store = options.store;
    this.#broker = options.broker;
  }

  /** One round: until nothing is due, or until the signal says to stop. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const due = (await this.#store.listDue(SLOTS + tried.size)).filter(
        id => !tried.has(id),
      );
      if (due.length === 0 || signal?.aborted) return;
      const batch = due.slice(0, SLOTS);
      for (const id of batch) tried.add(id);
      await Promise.all(batch.map(id => this.#broker.renewIfDue(id)));
    }
  }
}
