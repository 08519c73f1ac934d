import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore, DueCredential } from './CredentialStore';
import { TokenBroker } from './TokenBroker';

/** Refreshes that run at once. */
const SLOTS = 8;
const PAGE = 100;

/**
 * Refreshes due credentials in the background. The cost depends on what is due, not on what is stored. The broker's
 * lease claims each credential when its call starts, never for a batch.
 */
export class RefreshSweeper {
  readonly #store: CredentialStore;
  readonly #broker: TokenBroker;

  constructor(options: { store: CredentialStore; broker: TokenBroker }) {
    this.#store = options.store;
    this.#broker = options.broker;
  }

  /** Runs one round: until nothing is due, or the signal aborts. A call that hangs blocks only its own slot. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const due = this.#due(signal);
    const slot = async () => {
      for await (const key of due) await this.#broker.renewIfDue(key);
    };
    await Promise.all(Array.from({ length: SLOTS }, slot));
  }

  /**
   * Yields each due credential once, page by page. One that can't be refreshed stays due, but isn't tried again in this
   * round.
   */
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
