import { SealedTokens } from '../credentials/SealedTokens';
import { Sealer } from '../sealing/Sealer';

/** A sealer with one key. */
export function sealerOf(
  secret: string = 'one-secret-of-more-than-32-bytes-1',
): Sealer {
  return Sealer.create({ keys: [{ id: 'k1', secret }] });
}

/** Tokens that are refreshed five minutes before they expire, and swept every half minute. */
export function sealedTokens(sealer: Sealer = sealerOf()): SealedTokens {
  return new SealedTokens({
    sealer,
    renewalTimes: { beforeExpiry: 5 * 60_000, sweepEvery: 30_000 },
  });
}
