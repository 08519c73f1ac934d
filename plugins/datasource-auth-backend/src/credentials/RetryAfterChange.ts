import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { isRenewable } from '../datasources/status';
import { CredentialNews } from './CredentialNews';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { usesRefreshToken } from './renewal';

/**
 * Takes a provider's refusal as one of the settings and secrets that it saw. With other ones the credential is tried again
 * at once: a corrected password must not wait for a person, nor a corrected client secret for the back-off.
 *
 * Only a change starts this, never a caller: replicas of a rollout have different passwords, and would present them in turn.
 */
export class RetryAfterChange {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #news: CredentialNews;

  static create(options: {
    datasources: Datasources;
    store: CredentialStore;
    news: CredentialNews;
  }): RetryAfterChange {
    return new RetryAfterChange(options);
  }

  private constructor(options: Parameters<typeof RetryAfterChange.create>[0]) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#news = options.news;
  }

  /** Lets a credential be tried again whose last failure the settings and secrets of now had no part in. */
  async apply(datasourceId: string): Promise<boolean> {
    const row = await this.#store.read(datasourceId);
    if (!row?.judged) return false;
    const datasource = await this.#datasources.findById(datasourceId);
    if (!datasource || !this.#isWorthIt(datasource, row, row.judged)) {
      return false;
    }
    if (!(await this.#store.retry(row))) return false;
    await this.#news.changed(datasourceId);
    return true;
  }

  #isWorthIt(
    datasource: LoadedDatasource,
    row: CredentialRow,
    judged: string,
  ): boolean {
    const { binding, settings } = datasource.record;
    return (
      row.binding === binding &&
      !datasource.unreadable &&
      isRenewable(settings, row) &&
      // I6: a refresh token that was refused is over, whoever presents it.
      !(
        row.state === 'refused' &&
        row.hasRefreshToken &&
        usesRefreshToken(settings)
      ) &&
      !this.#datasources.isJudgedAlike(datasource, judged)
    );
  }
}
