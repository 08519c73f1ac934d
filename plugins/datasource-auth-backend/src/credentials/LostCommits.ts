import { LoggerService } from '@backstage/backend-plugin-api';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { RememberedTokens, tokensOf } from './RememberedTokens';

/**
 * Writes again what the database lost (I8): a failover to a stale standby undoes a commit, but the provider doesn't
 * undo its rotation.
 */
export class LostCommits {
  readonly #store: CredentialStore;
  readonly #remembered: RememberedTokens;
  readonly #news: CredentialChangePublisher;
  readonly #logger: LoggerService;
  readonly #unchecked = new Map<string, CredentialKey>();

  constructor(options: {
    store: CredentialStore;
    remembered: RememberedTokens;
    news: CredentialChangePublisher;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#remembered = options.remembered;
    this.#news = options.news;
    this.#logger = options.logger;
  }

  /**
   * Returns whether the row is older than the one this process remembers. If so, it writes that one again, and the
   * caller reads again. If not, it remembers the row.
   */
  async restore(row: CredentialRow): Promise<boolean> {
    const remembered = this.#remembered.newerThan(row);
    if (!remembered) {
      this.#remembered.observe(row);
      return false;
    }
    const restored = await this.#store.restore(
      row,
      remembered.generation,
      remembered.attemptId,
      tokensOf(remembered, row.readAt),
      remembered.apiOrigins,
    );
    if (restored) {
      this.#logger.warn(
        `The database lost a refreshed token of datasource ${row.key.datasourceId}, probably in a failover to a stale standby. The token is stored again. If this repeats, make the standby synchronous.`,
      );
      await this.#news.changed(row.key);
    }
    return true;
  }

  /** Checks a changed credential: the remembered one may be newer or older. */
  recheck(key: CredentialKey) {
    if (!this.#remembered.has(key)) return;
    const idle = this.#unchecked.size === 0;
    this.#unchecked.set(key.text, key);
    if (idle) this.#recheckAll().catch(() => this.#unchecked.clear());
  }

  async #recheckAll(): Promise<void> {
    // One after the other: many may have changed at once, and callers have priority.
    for (const [text, key] of this.#unchecked) {
      const row = await this.#store.read(key);
      if (!row) this.#remembered.forget(key);
      else await this.restore(row);
      this.#unchecked.delete(text);
    }
  }
}
