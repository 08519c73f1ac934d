import { createHash } from 'node:crypto';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { bearerToken, Caller, tokenExpiry, typeOf } from './caller';

/** For so long a token that was verified is not verified again. Milliseconds. */
const KNOWN_FOR = 10_000;
/** Whom it remembers at most; the least recently used goes first. */
const MAX = 1_000;

/** Tokens that Backstage issues itself, whose end is therefore the end of what they prove. */
const OF_BACKSTAGE: unknown[] = [
  tokenTypes.plugin.typParam,
  tokenTypes.user.typParam,
];

interface KnownCaller {
  caller: Caller;
  /** This process's monotonic clock. */
  until: number;
}

/**
 * Remembers for a moment whose token was verified: half of what an authenticated call costs is the verification of a
 * signature, and the same bytes give the same outcome. Nobody is known beyond the end of his token, no refusal is
 * remembered, and no token is kept, only its hash. What is noticed up to {@link KNOWN_FOR} later is a signing key that was
 * withdrawn before the tokens it signed ran out.
 */
export class KnownCallers {
  readonly #identify: (req: Request) => Promise<Caller>;
  readonly #known = new LRUCache<string, KnownCaller>({ max: MAX });

  constructor(options: {
    /** Has a request's token verified, or throws. */
    identify: (req: Request) => Promise<Caller>;
  }) {
    this.#identify = options.identify;
  }

  /** @throws AuthenticationError, NotAllowedError: as Backstage does */
  async callerOf(req: Request): Promise<Caller> {
    const token = bearerToken(req);
    if (!token) return this.#identify(req);
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.#known.get(key);
    if (known && performance.now() < known.until) return known.caller;
    this.#known.delete(key);
    const caller = await this.#identify(req);
    const left = (tokenExpiry(token) ?? 0) - Date.now();
    if (left > 0 && OF_BACKSTAGE.includes(typeOf(token))) {
      this.#remember(key, caller, Math.min(left, KNOWN_FOR));
    }
    return caller;
  }

  #remember(key: string, caller: Caller, forMilliseconds: number) {
    this.#known.set(key, {
      caller,
      until: performance.now() + forMilliseconds,
    });
  }
}
