import { LoadedDatasource } from '../datasources/Datasources';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialReader, FoundCredential } from './CredentialReader';
import { CredentialRenewal } from './CredentialRenewal';
import { TokenNeed } from './freshness';
import { PendingWork } from './PendingWork';

/**
 * Runs one refresh per process and credential. Callers that arrive in the meantime share it. It continues even if no
 * caller waits any longer (I7).
 */
export class SharedRenewals {
  readonly #renewal: CredentialRenewal;
  readonly #reader: CredentialReader;
  readonly #pending: PendingWork;
  /** By {@link CredentialKey.text}. */
  readonly #flights = new Map<string, Promise<FoundCredential>>();

  constructor(options: {
    renewal: CredentialRenewal;
    reader: CredentialReader;
    pending: PendingWork;
  }) {
    this.#renewal = options.renewal;
    this.#reader = options.reader;
    this.#pending = options.pending;
  }

  isRunning(key: CredentialKey): boolean {
    return this.#flights.has(key.text);
  }

  /**
   * Refreshes, or joins the refresh in progress. If its result isn't enough for a caller, or what stopped it doesn't
   * apply to a user, that caller starts another one.
   */
  async renew(
    key: CredentialKey,
    need: TokenNeed,
    known?: LoadedDatasource,
  ): Promise<FoundCredential> {
    for (;;) {
      const running = this.#flights.get(key.text);
      if (!running) return this.#fly(key, need);
      try {
        const found = await running;
        const { row } = found;
        // The settings may have changed since that refresh began.
        const datasource = known ?? found.datasource;
        if (this.#reader.satisfies({ datasource, row }, need, row.readAt)) {
          // The same object for all callers, so the token is decrypted once.
          return found;
        }
      } catch (error) {
        if (!need.person) throw error;
      }
    }
  }

  /** Waits for exchanges whose responses aren't stored yet, and starts none. Stops waiting for other replicas. */
  async drain(): Promise<void> {
    await this.#pending.drain();
  }

  #fly(key: CredentialKey, need: TokenNeed): Promise<FoundCredential> {
    const flight = this.#renewal.run(key, need).finally(() => {
      this.#flights.delete(key.text);
    });
    this.#flights.set(key.text, flight);
    this.#pending.track(flight);
    return flight;
  }
}
