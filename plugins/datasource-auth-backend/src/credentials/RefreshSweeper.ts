import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore, DueCredential } from './CredentialStore';
import { TokenBroker } from './TokenBroker';

/** Renewals that run at once. */
const SLOTS = 8;
const PAGE = 100;

/**
 * Renews what is due although nobody asks for it. Costs what is due, not what is stored; each credential is claimed by
 * the broker's own lease when its call starts, never for a batch.
 */
export class RefreshSweeper {
  readonly #store: CredentialStore;
  readonly #broker: TokenBroker;

  constructor(options: { store: CredentialStore; broker: TokenBroker }) {
    this.#store = options.store;
    this.#broker = options.broker;
  }

  /** One round: until nothing is due, or until the signal says to stop. One that hangs holds up its own slot only. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const due = this.#due(signal);
    const slot = async () => {
      for await (const key of due) await this.#broker.renewIfDue(key);
    };
    await Promise.all(Array.from({ length: SLOTS }, slot));
  }

  /** What is due, each once, page after page: what cannot be renewed and stays due is not met again in this round. */
  async *#due(signal?: AbortSignal): AsyncGenerator<CredentialKey> {
    let after: DueCredential | undefined;
    for (;;) {
      const page = await this.#store.listDue(PAGE, after);
      for (const { key } of page) {
        if (signal?.aborted) return;
        yield key;
      }
      if (page.length < PAGE) return;
      after = page.at(-1);
    }
  }
}
