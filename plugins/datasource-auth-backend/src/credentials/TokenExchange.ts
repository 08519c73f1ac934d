import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { ProviderClient, IssuedTokens } from '../oauth/ProviderClient';
import { backOff } from './backOff';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialReader, FoundCredential, placeOf } from './CredentialReader';
import { CredentialRow, isSameGeneration } from './CredentialRow';
import { CredentialStore, Lease } from './CredentialStore';
import { LeaseTimes } from './LeaseTimes';
import { ProviderCircuit } from './ProviderCircuit';
import { RememberedTokens } from './RememberedTokens';
import { RetryAfterChange } from './RetryAfterChange';
import {
  hostResponded,
  isRefusal,
  renewalOf,
  usesRefreshToken,
} from './renewal';
import { DOUBTFUL } from './renewable';
import { RenewalTimes } from './renewalDue';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { PROBE_INTERVAL, doubtAfterFailure } from './refreshTokenDoubt';
import { nameOf, TokenErrors, unexpectedFailure } from './TokenErrors';

/** Where a test can hold an exchange, to break it there on purpose. */
export type BrokerMoment =
  | 'intent'
  | 'send'
  | 'answer'
  | 'commit'
  | 'committed';

/** One exchange under a lease. */
export interface Exchange extends FoundCredential {
  lease: Lease;
  host: string;
  /** What the row held before. */
  previous?: TokenPayload;
  /** Milliseconds since the lease may be running. */
  elapsed: () => number;
  /** Whether the request may have reached the provider. */
  sent: boolean;
  /** Who had it done by hand; nobody where it runs by itself. */
  by?: string;
}

/**
 * One presentation to the provider, and what becomes of each of its outcomes. The lease and the written intent are the
 * {@link TokenBroker}'s; from here on an answer is kept whatever happens to the lease.
 */
export class TokenExchange {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #reader: CredentialReader;
  readonly #client: ProviderClient;
  readonly #circuit: ProviderCircuit;
  readonly #remembered: RememberedTokens;
  readonly #news: CredentialChangePublisher;
  readonly #retryAfterChange: RetryAfterChange;
  readonly #errors: TokenErrors;
  readonly #logger: LoggerService;
  readonly #renewalTimes: RenewalTimes;
  readonly #times: LeaseTimes;
  readonly #hold: (moment: BrokerMoment) => Promise<void>;
  readonly #isOver: () => boolean;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    tokens: SealedTokens;
    reader: CredentialReader;
    client: ProviderClient;
    circuit: ProviderCircuit;
    remembered: RememberedTokens;
    news: CredentialChangePublisher;
    retryAfterChange: RetryAfterChange;
    errors: TokenErrors;
    logger: LoggerService;
    renewalTimes: RenewalTimes;
    times: LeaseTimes;
    hold: (moment: BrokerMoment) => Promise<void>;
    /** Whether the process has waited long enough for the database, and ends. */
    isOver: () => boolean;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#reader = options.reader;
    this.#client = options.client;
    this.#circuit = options.circuit;
    this.#remembered = options.remembered;
    this.#news = options.news;
    this.#retryAfterChange = options.retryAfterChange;
    this.#errors = options.errors;
    this.#logger = options.logger;
    this.#renewalTimes = options.renewalTimes;
    this.#times = options.times;
    this.#hold = options.hold;
    this.#isOver = options.isOver;
  }

  /** One exchange under a lease. Answers the row that was stored; nothing means: look again. */
  async run(exchange: Exchange): Promise<CredentialRow | undefined> {
    let answer: IssuedTokens;
    try {
      answer = await this.#ask(exchange);
    } catch (error) {
      if (error instanceof OAuthExchangeError) {
        return this.#failed(exchange, error);
      }
      this.#logger.error(
        `Renewing the token of datasource '${
          exchange.datasource.record.name
        }' met an unexpected ${nameOf(error)}`,
      );
      return this.#failed(exchange, unexpectedFailure(exchange.sent));
    }
    this.#circuit.report(exchange.host, true);
    await this.#hold('answer');
    return this.#keep(exchange, answer);
  }

  async #ask(exchange: Exchange): Promise<IssuedTokens> {
    const { datasource, previous } = exchange;
    const context = this.#datasources.providerContext(
      datasource,
      previous?.kept,
    );
    await this.#hold('send');
    const { startWithin, answerWithin, readWithin } = this.#times;
    const options = {
      startWithin: startWithin - exchange.elapsed(),
      answerWithin,
      readWithin,
      onSend: () => {
        exchange.sent = true;
      },
    };
    return presentsRefreshToken(exchange) && previous?.refreshToken
      ? this.#client.refresh(
          context,
          {
            refreshToken: previous.refreshToken,
            accessToken: previous.accessToken,
          },
          options,
        )
      : this.#client.requestToken(context, options);
  }

  /** Stores an answer, whatever became of the lease (I4), and only in its own grant (I5). */
  async #keep(
    exchange: Exchange,
    answer: IssuedTokens,
  ): Promise<CredentialRow | undefined> {
    const { datasource, row, previous } = exchange;
    const { settings } = datasource.record;
    const attemptId = randomUUID();
    const origins = [...apiOrigins(settings)];
    const stored = () =>
      this.#tokens.fromAnswer(answer, placeOf(row, 'sealed'), {
        ...renewalOf(settings, this.#renewalTimes),
        previous: previous && {
          ...previous,
          scope: row.scope,
          account: row.account,
          refreshLifetime:
            row.refreshExpiresAt && row.refreshExpiresAt - row.readAt,
        },
        now: Date.now(),
      });
    this.#remembered.remember(row, attemptId, stored, origins);

    await this.#hold('commit');
    const committed = await this.#untilAnswered(async () => {
      const kept = await this.#store.storeTokens(
        row,
        attemptId,
        stored(),
        origins,
      );
      if (kept) return kept;
      const current = await this.#store.read(row.key);
      // A COMMIT whose reply was lost: the row already bears this attempt.
      if (current?.attemptId === attemptId) return current;
      if (!current) return 'deleted';
      return current.credentialId === row.credentialId ? 'second' : 'foreign';
    });
    await this.#hold('committed');
    if (typeof committed === 'object') {
      // Callers wait for the token, on other replicas too, not for what is noted of it.
      this.#news.later(this.#news.renewed(row.key));
      this.#news.later(
        this.#news.note(
          row.key,
          'refreshed',
          {
            rotated:
              previous?.refreshToken !== undefined &&
              answer.refreshToken !== undefined &&
              answer.refreshToken !== previous.refreshToken,
            expiresAt: answer.expiresAt ?? null,
          },
          exchange.by,
        ),
      );
      return committed;
    }
    this.#remembered.forget(row.key);
    // Ours is dropped (I5): the credential was cleared, replaced or requested anew, and what is there now decides.
    if (committed === 'foreign') return undefined;
    if (committed === 'deleted') {
      throw this.#errors.notAuthorized(
        datasource,
        'was deleted while its token was renewed',
      );
    }
    // Somebody else stored another answer for the same grant: theirs counts, ours is kept in case theirs is refused.
    const spare = this.#tokens.seal(
      {
        accessToken: answer.accessToken,
        refreshToken: answer.refreshToken ?? previous?.refreshToken,
        tokenType: answer.tokenType,
        kept: answer.kept,
        apiOrigins: origins,
      },
      placeOf(row, 'sealed_spare'),
    );
    await this.#untilAnswered(() =>
      this.#store.storeSpare(row.key, row.credentialId, spare),
    );
    return undefined;
  }

  async #failed(
    exchange: Exchange,
    error: OAuthExchangeError,
  ): Promise<undefined> {
    const { datasource, row, lease, host } = exchange;
    const { diagnosis, outcome } = error;
    const up = hostResponded(error);
    if (up === undefined) this.#circuit.cancel(host);
    else this.#circuit.report(host, up);
    const { grantType } = datasource.record.settings.auth;
    const withRefreshToken = presentsRefreshToken(exchange);
    const withPassword = grantType === 'password' && !withRefreshToken;
    if (isRefusal(error, withPassword)) return this.#refused(exchange, error);

    const presentedGeneration = {
      not_sent: row.presentedGeneration ?? null,
      answered: null,
      refused: null,
      silent: row.generation,
    }[outcome];
    const isRetriedWithChanges =
      row.inputsHash !== undefined &&
      !this.#datasources.hasSameInputs(datasource, row.inputsHash);
    const refreshTokenDoubt = withRefreshToken
      ? doubtAfterFailure(row, error, isRetriedWithChanges)
      : undefined;
    const isDoubtful = refreshTokenDoubt === 'doubtful';
    const delay =
      isDoubtful && outcome !== 'not_sent'
        ? PROBE_INTERVAL
        : backOff(row.attempts + 1, diagnosis, error.retryAt);
    if (diagnosis.details.status === 429) this.#circuit.limit(host, delay);
    await this.#untilAnswered(() =>
      this.#store.recordFailure(row, lease, {
        error: lastErrorOf(error),
        backOff: delay,
        presentedGeneration,
        refreshTokenDoubt,
        inputsHash: this.#datasources.fingerprint(datasource),
        isRetriedWithChanges,
      }),
    );
    await this.#news.note(
      row.key,
      'refresh_failed',
      { code: diagnosis.code, attempt: row.attempts + 1 },
      exchange.by,
    );
    await this.#news.changed(row.key);
    this.#logger.warn(
      `Renewing the token of datasource '${datasource.record.name}' failed: ${
        diagnosis.title
      } (${diagnosis.code}). Next attempt in ${Math.round(delay / 1000)} s.`,
    );
    if (await this.#isTriedAgain(row)) return undefined;
    if (isDoubtful) {
      throw this.#errors.notAuthorized(datasource, DOUBTFUL, diagnosis);
    }
    throw this.#errors.unavailable(datasource, diagnosis.title, {
      retryAt: row.readAt + delay,
      diagnosis,
    });
  }

  async #refused(
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
    const ended = await this.#untilAnswered(async () => {
      // Not while there is a spare, and one may come at any time.
      while (!(await this.#store.refuse(row, reason, end))) {
        const current = await this.#store.read(row.key);
        if (!current || !isSameGeneration(current, row)) return false; // somebody rotated
        if (current.state === 'refused') return true; // a COMMIT whose reply was lost
        if (current.sealedSpare && (await this.#promote(datasource, current))) {
          return false;
        }
      }
      return true;
    });
    if (!ended || (await this.#isTriedAgain(row))) return undefined;
    await this.#news.note(row.key, 'refused', { code: reason }, exchange.by);
    await this.#news.changed(row.key);
    this.#logger.warn(
      `Datasource '${datasource.record.name}' must be authorized again: ${error.diagnosis.title} (${reason}).`,
    );
    throw this.#errors.notAuthorized(
      datasource,
      `must be authorized again (${reason})`,
      error.diagnosis,
    );
  }

  /** Whether settings or secrets changed while the provider judged the ones before. */
  async #isTriedAgain({ key }: CredentialRow): Promise<boolean> {
    return this.#retryAfterChange.apply(key).catch(() => false);
  }

  /** A spare that came after its credential was refused. */
  async promoteSpare({ datasource, row }: FoundCredential): Promise<boolean> {
    return (
      row.state === 'refused' &&
      row.sealedSpare !== undefined &&
      (await this.#promote(datasource, row))
    );
  }

  async #promote(
    datasource: LoadedDatasource,
    row: CredentialRow,
  ): Promise<boolean> {
    const spare = this.#reader.open({ datasource, row }, 'sealed_spare');
    return this.#store.promoteSpare(
      row,
      this.#tokens.seal(spare, placeOf(row, 'sealed')),
      spare,
    );
  }

  /** Repeats a write until the database answers: a rotated token must not be lost to a restart of the database. */
  async #untilAnswered<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        if (this.#isOver()) throw error;
        this.#logger.warn(
          `The database did not take the outcome of a renewal (${nameOf(
            error,
          )}); trying again`,
        );
        await sleep(Math.min(100 * 2 ** attempt, 2_000));
      }
    }
  }
}

function presentsRefreshToken({ datasource, previous }: Exchange): boolean {
  return (
    usesRefreshToken(datasource.record.settings) &&
    previous?.refreshToken !== undefined
  );
}

function lastErrorOf(error: OAuthExchangeError) {
  const { code, title, cause, remedy, details } = error.diagnosis;
  return { code, title, cause, remedy, details };
}
