import { createHash } from 'node:crypto';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { bearerToken, Caller, tokenExpiry, typeOf } from './caller';

/** How long a verified token isn't verified again. Milliseconds. */
const KNOWN_FOR = 10_000;
/** Limit of remembered callers; the least recently used is removed first. */
const MAX = 1_000;

/** Tokens that Backstage issues itself, so their expiry is the end of what they prove. */
const OF_BACKSTAGE: unknown[] = [
  tokenTypes.plugin.typParam,
  tokenTypes.user.typParam,
];

interface KnownCaller {
  caller: Caller;
  /** Monotonic clock of this process. */
  until: number;
}

/**
 * Remembers verified tokens for a moment, because verifying a signature is half the cost of an authenticated
 * request. No caller is remembered past the expiry of their token, no rejection is remembered, and only the
 * hash of a token is stored. The cost: a signing key that is withdrawn before its tokens expire is noticed up
 * to {@link KNOWN_FOR} later.
 */
export class KnownCallers {
  readonly #identify: (req: Request) => Promise<Caller>;
  readonly #known = new LRUCache<string, KnownCaller>({ max: MAX });

  constructor(options: {
    /** Verifies a request's token, or throws. */
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
