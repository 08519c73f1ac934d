import { isFor, needsPerson, requestedOf } from '../settings/binding';
import { coversOrigins } from '../settings/origins';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { isRenewable } from '../settings/status';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { usesRefreshToken } from './renewal';

/**
 * Treats a provider's refusal as one of the settings and secrets that it saw. With other ones, the credential is tried
 * again at once: a corrected user name or password must not wait for a user, nor a corrected client secret for the
 * back-off.
 *
 * Only a change starts this, never a caller: replicas of a rollout have different passwords and would present them in
 * turn.
 */
export class RetryAfterChange {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #news: CredentialChangePublisher;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    news: CredentialChangePublisher;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#news = options.news;
  }

  /** Allows another attempt if the current settings and secrets played no part in the last failure. */
  async apply(key: CredentialKey): Promise<boolean> {
    const row = await this.#store.read(key);
    if (!row?.inputsHash) return false;
    const datasource = await this.#datasources.findById(key.datasourceId);
    if (
      !datasource ||
      datasource.unreadable ||
      this.#datasources.hasSameInputs(datasource, row.inputsHash)
    ) {
      return false;
    }
    if (!(await this.#retry(datasource, row))) return false;
    await this.#news.changed(key);
    return true;
  }

  /** Returns whether settings or secrets changed while the provider judged the previous ones. */
  async isTriedAgain({ key }: CredentialRow): Promise<boolean> {
    return this.apply(key).catch(() => false);
  }

  async #retry(
    { record }: LoadedDatasource,
    row: CredentialRow,
  ): Promise<boolean> {
    const { binding, settings } = record;
    if (!isFor(record, row) || !coversOrigins(settings, row)) {
      // A token that wasn't refused stays: a user decides, or the settings are restored.
      return (
        row.state === 'refused' &&
        !needsPerson(settings) &&
        this.#store.startOver(row, {
          binding,
          requested: requestedOf(settings),
        })
      );
    }
    // I6: a refused refresh token is over, whichever client presents it.
    const isOver =
      row.state === 'refused' &&
      row.hasRefreshToken &&
      usesRefreshToken(settings);
    return !isOver && isRenewable(settings, row) && this.#store.retry(row);
  }
}
