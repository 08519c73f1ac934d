import { backOff } from './backOff';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { placeOf } from './CredentialReader';
import { Exchange, lastErrorOf, presentsRefreshToken } from './Exchange';
import { ProviderCircuit } from './ProviderCircuit';
import { OutcomeRecorder, Recording } from './OutcomeRecorder';
import { doubtAfterFailure, PROBE_INTERVAL } from './refreshTokenDoubt';
import { doubtful, titleOf } from './renewable';
import { isClientError } from './renewal';
import { SealedTokens } from './SealedTokens';

/**
 * Records a failure that doesn't end the credential, and when to try again. Returns only when to try again at once.
 */
export const recordFailure =
  (
    deps: Recording & { circuit: ProviderCircuit; tokens: SealedTokens },
  ): OutcomeRecorder =>
  async (exchange, error) => {
    const { datasources, store, circuit, tokens, writes, news, errors } = deps;
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
      !datasources.hasSameInputs(datasource, row.inputsHash);
    const refreshTokenDoubt = presentsRefreshToken(exchange)
      ? doubtAfterFailure(row, error, isRetriedWithChanges)
      : undefined;
    const isDoubtful = refreshTokenDoubt === 'doubtful';
    const delay =
      isDoubtful && outcome !== 'not_sent'
        ? PROBE_INTERVAL
        : backOff(row.attempts + 1, diagnosis, error.retryAt);
    if (diagnosis.details.status === 429) circuit.limit(host, delay);
    const refusedAnswer = answerIsRefused(exchange, error);
    await writes.run(() =>
      store.leases.recordFailure(row, lease, {
        error: lastErrorOf(error),
        backOff: delay,
        presentedGeneration,
        refreshTokenDoubt,
        sealedWithoutAnswer: refusedAnswer
          ? withoutAnswer(tokens, exchange)
          : undefined,
        inputsHash: datasources.fingerprint(datasource),
        isRetriedWithChanges,
      }),
    );
    await news.failed(row.key, {
      kind: 'refresh_failed',
      details: { code: diagnosis.code, attempt: row.attempts + 1 },
      actor: exchange.by,
      message: `Refreshing the token of datasource '${
        datasource.record.name
      }' failed: ${diagnosis.title} (${
        diagnosis.code
      }). Next attempt in ${Math.round(delay / 1000)} s.`,
    });
    if (await deps.retryAfterChange.isTriedAgain(row)) return undefined;
    if (isDoubtful) {
      throw errors.notAuthorized(datasource, doubtful(datasource), diagnosis);
    }
    throw errors.unavailable(datasource, titleOf(diagnosis), {
      retryAt: row.readAt + delay,
      diagnosis,
    });
  };

/**
 * Returns whether a further request was rejected that can begin again with the refresh token. Otherwise it is repeated
 * with what it has.
 */
function answerIsRefused(
  { previous }: Exchange,
  error: OAuthExchangeError,
): boolean {
  return (
    previous?.answer !== undefined &&
    previous.refreshToken !== undefined &&
    isClientError(error)
  );
}

function withoutAnswer(tokens: SealedTokens, { row, previous }: Exchange) {
  return tokens.seal(
    { ...previous!, answer: undefined },
    placeOf(row, 'sealed'),
  );
}
