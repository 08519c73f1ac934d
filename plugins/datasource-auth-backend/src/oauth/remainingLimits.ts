import { ExchangeOptions } from './ProviderClient';

/** Returns the limits of the second request: both together end when the first one alone would have to end. */
export function remainingLimits(
  { startWithin, answerWithin = 0, readWithin, ...rest }: ExchangeOptions,
  elapsed: number,
): ExchangeOptions {
  const left = (limit: number | undefined) =>
    limit === undefined ? undefined : Math.max(1, limit - elapsed);
  return {
    ...rest,
    // A process that was paused in between must not present a token under a lease that ended.
    startWithin:
      startWithin === undefined ? undefined : left(startWithin + answerWithin),
    answerWithin: answerWithin || undefined,
    readWithin: left(readWithin),
  };
}
