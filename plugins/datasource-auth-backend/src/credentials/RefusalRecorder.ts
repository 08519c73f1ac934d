import { Datasources } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { isSameGeneration } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { Exchange, lastErrorOf } from './Exchange';
import { usesRefreshToken } from './renewal';
import { RetryAfterChange } from './RetryAfterChange';
import { SpareTokens } from './SpareTokens';
import { TokenErrors } from './TokenErrors';
import { WriteRetry } from './WriteRetry';

/** Ends a credential that its provider refused, unless a spare takes its place (I6). */
export class RefusalRecorder {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #spares: SpareTokens;
  readonly #retryAfterChange: RetryAfterChange;
  readonly #writes: WriteRetry;
  readonly #news: CredentialChangePublisher;
  readonly #errors: TokenErrors;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    spares: SpareTokens;
    retryAfterChange: RetryAfterChange;
    writes: WriteRetry;
    news: CredentialChangePublisher;
    errors: TokenErrors;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#spares = options.spares;
    this.#retryAfterChange = options.retryAfterChange;
    this.#writes = options.writes;
    this.#news = options.news;
    this.#errors = options.errors;
  }

  /** Returns where the credential did not end, so that the row has to be read again. */
  async record(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row } = exchange;
    // A predecessor presented this very token and never said what came back.
    const unsure =
      usesRefreshToken(datasource.record.settings) &&
      row.generation > 0 &&
      row.presentedGeneration === row.generation;
    const reason = unsure ? 'no_response' : error.diagnosis.code;
    const end = {
      ...lastErrorOf(error),
      at: row.readAt,
      attempts: row.attempts + 1,
      inputsHash: this.#datasources.fingerprint(datasource),
    };
    const ended = await this.#writes.run(async () => {
      // Not while there is a spare, and one may come at any time.
      while (!(await this.#store.refuse(row, reason, end))) {
        const current = await this.#store.read(row.key);
        if (!current || !isSameGeneration(current, row)) return false; // somebody rotated
        if (current.state === 'refused') return true; // a COMMIT whose reply was lost
        if (
          current.sealedSpare &&
          (await this.#spares.promote({ datasource, row: current }))
        ) {
          return false;
        }
      }
      return true;
    });
    if (!ended || (await this.#retryAfterChange.isTriedAgain(row))) {
      return undefined;
    }
    await this.#news.failed(row.key, {
      kind: 'refused',
      details: { code: reason },
      actor: exchange.by,
      message: `Datasource '${datasource.record.name}' must be authorized again: ${error.diagnosis.title} (${reason}).`,
    });
    throw this.#errors.notAuthorized(
      datasource,
      `must be authorized again (${reason})`,
      error.diagnosis,
    );
  }
}
