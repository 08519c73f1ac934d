import { LRUCache } from 'lru-cache';
import { DpopKey } from '../settings/ResolvedSettings';
import { dpopProof } from './dpopProof';
import { clockSkewOf, ServerClocks } from './ServerClocks';

/** Servers whose nonces are remembered. */
export const REMEMBERED_NONCES = 1_000;
/** A longer nonce isn't repeated. */
const LONGEST_NONCE = 1_000;
/** A difference between clocks for which a proof can be refused. Milliseconds. */
const TELLING_SHIFT = 5_000;

/** What a response says that the next proof needs. */
export interface ProofFacts {
  /** `DPoP-Nonce` header. */
  nonce: string | undefined;
  /** `Date` header. */
  date: string | undefined;
}

/**
 * Signs DPoP proofs, with the nonce that each server wants (RFC 9449 sections 8 and 9) and the time of its clock. A
 * nonce belongs to an origin and isn't secret, so all datasources with that origin share it.
 */
export class DpopProofs {
  readonly #clocks: ServerClocks;
  readonly #nonces = new LRUCache<string, string>({ max: REMEMBERED_NONCES });

  constructor(options: { clocks: ServerClocks }) {
    this.#clocks = options.clocks;
  }

  /** @param accessToken - of a request to an API; absent for a token endpoint */
  sign(
    key: DpopKey,
    request: { method: string; url: string; accessToken?: string },
  ): Promise<string> {
    const { origin, host } = new URL(request.url);
    return dpopProof(key, {
      ...request,
      nonce: this.#nonces.get(origin),
      now: this.#clocks.now(host),
    });
  }

  /**
   * Remembers what a response says. Any response can have a new nonce.
   *
   * @returns whether another proof has a better chance, with this nonce or the time of this clock
   */
  note(url: string, { nonce = '', date }: ProofFacts): boolean {
    const { origin, host } = new URL(url);
    const before = this.#clocks.skew(host);
    this.#clocks.note(host, clockSkewOf(date));
    const isNonce =
      nonce.length <= LONGEST_NONCE && /^[\x21-\x7e]+$/.test(nonce);
    if (isNonce) this.#nonces.set(origin, nonce);
    return (
      isNonce || Math.abs(this.#clocks.skew(host) - before) > TELLING_SHIFT
    );
  }
}

/** Returns whether an API refuses a proof because of its nonce (RFC 9449 section 9). */
export function asksForNonce(
  status: number,
  challenge: string | undefined,
): boolean {
  return status === 401 && hasError(challenge, 'use_dpop_nonce');
}

/** Returns whether an API refuses the proof, so that another token would be refused, too. */
export function refusesProof(
  status: number,
  challenge: string | undefined,
): boolean {
  return (
    status === 401 &&
    (hasError(challenge, 'use_dpop_nonce') ||
      hasError(challenge, 'invalid_dpop_proof'))
  );
}

function hasError(challenge: string = '', error: string): boolean {
  return new RegExp(`\\berror\\s*=\\s*"?${error}\\b`, 'i').test(challenge);
}
