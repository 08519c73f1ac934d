import { Datasources } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { backOff } from './backOff';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialStore } from './CredentialStore';
import { Exchange, lastErrorOf, presentsRefreshToken } from './Exchange';
import { ProviderCircuit } from './ProviderCircuit';
import { doubtAfterFailure, PROBE_INTERVAL } from './refreshTokenDoubt';
import { DOUBTFUL } from './renewable';
import { RetryAfterChange } from './RetryAfterChange';
import { TokenErrors } from './TokenErrors';
import { WriteRetry } from './WriteRetry';

/** Records a failure that does not end the credential, and when it is tried again. */
export class FailureRecorder {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #circuit: ProviderCircuit;
  readonly #retryAfterChange: RetryAfterChange;
  readonly #writes: WriteRetry;
  readonly #news: CredentialChangePublisher;
  readonly #errors: TokenErrors;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    circuit: ProviderCircuit;
    retryAfterChange: RetryAfterChange;
    writes: WriteRetry;
    news: CredentialChangePublisher;
    errors: TokenErrors;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#circuit = options.circuit;
    this.#retryAfterChange = options.retryAfterChange;
    this.#writes = options.writes;
    this.#news = options.news;
    this.#errors = options.errors;
  }

  /** Returns where it is to be tried again at once. */
  async record(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row, lease, host } = exchange;
    const { diagnosis, outcome } = error;
    const presentedGeneration = {
      not_sent: row.presentedGeneration ?? null,
      answered: null,
      refused: null,
      silent: row.generation,
    }[outcome];
    const isRetriedWithChanges =
      row.inputsHash !== undefined &&
      !this.#datasources.hasSameInputs(datasource, row.inputsHash);
    const refreshTokenDoubt = presentsRefreshToken(exchange)
      ? doubtAfterFailure(row, error, isRetriedWithChanges)
      : undefined;
    const isDoubtful = refreshTokenDoubt === 'doubtful';
    const delay =
      isDoubtful && outcome !== 'not_sent'
        ? PROBE_INTERVAL
        : backOff(row.attempts + 1, diagnosis, error.retryAt);
    if (diagnosis.details.status === 429) this.#circuit.limit(host, delay);
    await this.#writes.run(() =>
      this.#store.leases.recordFailure(row, lease, {
        error: lastErrorOf(error),
        backOff: delay,
        presentedGeneration,
        refreshTokenDoubt,
        inputsHash: this.#datasources.fingerprint(datasource),
        isRetriedWithChanges,
      }),
    );
    await this.#news.failed(row.key, {
      kind: 'refresh_failed',
      details: { code: diagnosis.code, attempt: row.attempts + 1 },
      actor: exchange.by,
      message: `Refreshing the token of datasource '${
        datasource.record.name
      }' failed: ${diagnosis.title} (${
        diagnosis.code
      }). Next attempt in ${Math.round(delay / 1000)} s.`,
    });
    if (await this.#retryAfterChange.isTriedAgain(row)) return undefined;
    if (isDoubtful) {
      throw this.#errors.notAuthorized(datasource, DOUBTFUL, diagnosis);
    }
    throw this.#errors.unavailable(datasource, diagnosis.title, {
      retryAt: row.readAt + delay,
      diagnosis,
    });
  }
}
