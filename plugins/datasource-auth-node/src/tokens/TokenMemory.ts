import { LRUCache } from 'lru-cache';
import { isFinal } from './errorFromResponse';
import { DatasourceToken } from './DatasourceToken';
import { TokenKey } from './TokenKey';

/*
 * Tokens that a consumer's process remembers, so that most calls need no other process.
 *
 * - One request at a time: callers that need the same token wait for one call.
 * - A caller that leaves ends nothing: the call continues for the others and for the memory.
 * - A valid token is never withheld because it is being refreshed, or because refreshing fails.
 * - No copy is served for more than a minute without verification, so clearing a credential, or removing a plugin from
 *   the list, takes effect within that time, whatever the provider's lifetimes are.
 * - A refusal that a user must resolve takes effect at once: the copy is dropped with it.
 */

/** After this, the backend is called in the background. */
const VERIFY_AFTER_MS = 30_000;

/** After this, a copy isn't served any more. */
const UNVERIFIED_LIMIT_MS = 60_000;

/** How long before its expiry a token is refreshed: at most this, and at most a fifth of its lifetime. */
const WINDOW_LIMIT_MS = 5 * 60_000;
const WINDOW_SHARE = 0.2;

/** A token about to expire would do so on the way to the API: at most this, and at most a tenth of its lifetime. */
const LAST_MOMENTS_LIMIT_MS = 5_000;
const LAST_MOMENTS_SHARE = 0.1;

/** The backend returns the old token while it refreshes. It is called again, but not for every caller. */
const RECHECK_LIMIT_MS = 5_000;
const RETRY_AFTER_FAILURE_MS = 5_000;

/** The result of a rejection, even if there is no other token, is kept for this time. */
const REJECTION_PAUSE_MS = 10_000;

const SWEEP_EVERY_MS = 60_000;

/**
 * Tokens kept at most: one for each datasource and user within a minute. The least recently used one is dropped first.
 */
const MOST_SLOTS = 10_000;

/** Calls the backend. @internal */
export type LoadToken = (need: {
  minValidityMs: number;
  rejectedVersion?: string;
  rejectedRoute?: string;
  acceptedVersion?: string;
}) => Promise<DatasourceToken>;

interface Flight {
  minValidityMs: number;
  answer: Promise<DatasourceToken>;
}

interface Rejection {
  version: string;
  answer: Promise<DatasourceToken>;
  /** Infinite while the backend is called. */
  holdsUntil: number;
}

interface Slot {
  token?: DatasourceToken;
  /** When this token was first seen: the best known start of its lifetime. */
  firstSeenAt: number;
  /** When the call began whose response confirmed the token. */
  checkedAt: number;
  /** Until then the token is served without further checks. */
  calmUntil: number;
  /** From then on it isn't served. */
  staleAt: number;
  expiresAt: number;
  /** A requested validity that even a new token doesn't have. */
  unattainableMs: number;
  retryAt: number;
  flight?: Flight;
  rejection?: Rejection;
  /** The version of a token that was rejected and is not taken back, unless the backend itself keeps it. */
  barredVersion?: string;
  /** Whether a rejection was reported to the backend, without a later success. */
  rejected: boolean;
  /** The version of a token that was accepted after a rejection. It is reported with the next call. */
  acceptedVersion?: string;
}

/** @internal */
export class TokenMemory {
  readonly #slots = new LRUCache<TokenKey, Slot>({ max: MOST_SLOTS });
  #sweptAt = Date.now();

  get size(): number {
    return this.#slots.size;
  }

  /** Returns the token of `key` if it can be served without any work: the hot path. */
  fresh(key: TokenKey, minValidityMs: number): DatasourceToken | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined) return undefined;
    const now = Date.now();
    // A clock that was set back makes every age meaningless
    if (now >= slot.calmUntil || now < slot.checkedAt) return undefined;
    if (minValidityMs > 0 && !satisfies(slot, minValidityMs, now))
      return undefined;
    return slot.token;
  }

  /** Returns the token of `key`: from memory while that is valid, else from the backend. */
  async get(
    key: TokenKey,
    minValidityMs: number,
    load: LoadToken,
  ): Promise<DatasourceToken> {
    const slot = this.#slot(key);
    const now = Date.now();
    if (isServable(slot, now) && satisfies(slot, minValidityMs, now)) {
      if (now >= slot.calmUntil) this.#renewBehind(key, slot, load);
      return slot.token;
    }
    const running = slot.flight;
    if (running && running.minValidityMs < minValidityMs) {
      // Its response may be enough; if not, the next round requests what this caller needs
      await running.answer;
      return this.get(key, minValidityMs, load);
    }
    return (running ?? this.#fly(key, slot, minValidityMs, load)).answer;
  }

  /**
   * Returns another token than that of `rejectedVersion`, or the same one if the backend keeps it. Any number of
   * callers whose calls were rejected share one request. Meanwhile, others get the old token: a single path that always
   * returns 401 must not block them.
   */
  async reject(
    key: TokenKey,
    { version: rejectedVersion, route }: { version: string; route?: string },
    load: LoadToken,
  ): Promise<DatasourceToken> {
    const slot = this.#slot(key);
    const now = Date.now();
    if (isServable(slot, now) && slot.token.version !== rejectedVersion)
      return slot.token;
    const known = slot.rejection;
    if (known?.version === rejectedVersion && now < known.holdsUntil)
      return known.answer;

    slot.barredVersion = rejectedVersion;
    slot.rejected = true;
    slot.acceptedVersion = undefined;
    const need = {
      minValidityMs: 0,
      rejectedVersion,
      ...(route && { rejectedRoute: route }),
    };
    const answer = load(need).then(
      token => {
        if (token.version === rejectedVersion) slot.barredVersion = undefined;
        this.#keep(slot, token, 0, now);
        return token;
      },
      error => {
        slot.barredVersion = undefined;
        this.#failed(key, slot, error);
        throw error;
      },
    );
    const rejection = {
      version: rejectedVersion,
      answer,
      holdsUntil: Infinity,
    };
    slot.rejection = rejection;
    const land = () => {
      rejection.holdsUntil = Date.now() + REJECTION_PAUSE_MS;
    };
    answer.then(land, land);
    return answer;
  }

  /** Remembers that an API accepted a token, if a rejection was reported before. */
  accept(key: TokenKey, version: string): void {
    const slot = this.#slots.get(key);
    if (!slot?.rejected) return;
    slot.rejected = false;
    slot.acceptedVersion = version;
  }

  #renewBehind(key: TokenKey, slot: Slot, load: LoadToken) {
    if (slot.flight || isAsking(slot) || Date.now() < slot.retryAt) return;
    // The callers have their result. The flight decides what a failure means for the memory
    this.#fly(key, slot, 0, load).answer.catch(() => {});
  }

  #fly(
    key: TokenKey,
    slot: Slot,
    minValidityMs: number,
    load: LoadToken,
  ): Flight {
    const startedAt = Date.now();
    const { acceptedVersion } = slot;
    slot.acceptedVersion = undefined;
    const need = { minValidityMs, ...(acceptedVersion && { acceptedVersion }) };
    const answer = load(need).then(
      token => {
        this.#keep(slot, token, minValidityMs, startedAt);
        return token;
      },
      error => {
        this.#failed(key, slot, error);
        throw error;
      },
    );
    const flight = { minValidityMs, answer };
    slot.flight = flight;
    const land = () => {
      if (slot.flight === flight) slot.flight = undefined;
    };
    answer.then(land, land);
    return flight;
  }

  #keep(
    slot: Slot,
    token: DatasourceToken,
    minValidityMs: number,
    startedAt: number,
  ) {
    // A slow response from before the rejection would bring the rejected token back
    if (token.version === slot.barredVersion) return;
    const now = Date.now();
    const isNew = slot.token?.version !== token.version;
    const expiresAt = token.expiresAt ?? Infinity;
    slot.token = token;
    slot.expiresAt = expiresAt;
    slot.checkedAt = startedAt;
    if (isNew) {
      slot.firstSeenAt = startedAt;
      slot.unattainableMs = 0;
    }
    if (expiresAt - now < minValidityMs) {
      slot.unattainableMs = Math.max(slot.unattainableMs, minValidityMs);
    }
    const lifetime = expiresAt - slot.firstSeenAt;
    const window = Math.min(WINDOW_LIMIT_MS, WINDOW_SHARE * lifetime);
    const lastMoments = Math.min(
      LAST_MOMENTS_LIMIT_MS,
      LAST_MOMENTS_SHARE * lifetime,
    );
    const recheckAt = now + Math.min(RECHECK_LIMIT_MS, (expiresAt - now) / 4);
    const renewAt = Math.max(expiresAt - window, recheckAt);
    slot.staleAt = Math.min(
      startedAt + UNVERIFIED_LIMIT_MS,
      expiresAt - lastMoments,
    );
    slot.calmUntil = Math.min(
      startedAt + VERIFY_AFTER_MS,
      renewAt,
      slot.staleAt,
    );
    slot.retryAt = 0;
  }

  #failed(key: TokenKey, slot: Slot, error: unknown) {
    slot.retryAt = Date.now() + RETRY_AFTER_FAILURE_MS;
    if (isFinal(error)) {
      slot.token = undefined;
      slot.calmUntil = 0;
    }
    if (!slot.token && this.#slots.get(key) === slot) this.#slots.delete(key);
  }

  #slot(key: TokenKey): Slot {
    const known = this.#slots.get(key);
    if (known) return known;
    this.#sweep();
    const slot: Slot = {
      firstSeenAt: 0,
      checkedAt: 0,
      calmUntil: 0,
      staleAt: 0,
      expiresAt: 0,
      unattainableMs: 0,
      retryAt: 0,
      rejected: false,
    };
    this.#slots.set(key, slot);
    return slot;
  }

  /** Entries that can't be served any more aren't kept: users come and go. */
  #sweep() {
    const now = Date.now();
    if (Math.abs(now - this.#sweptAt) < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    for (const [key, slot] of [...this.#slots]) {
      if (!isServable(slot, now) && !slot.flight && !isAsking(slot))
        this.#slots.delete(key);
    }
  }
}

function isServable(
  slot: Slot,
  now: number,
): slot is Slot & { token: DatasourceToken } {
  return (
    slot.token !== undefined && now >= slot.checkedAt && now < slot.staleAt
  );
}

function isAsking({ rejection }: Slot): boolean {
  return rejection?.holdsUntil === Infinity;
}

/** A validity that no token of this provider has must not cause repeated requests. */
function satisfies(slot: Slot, minValidityMs: number, now: number): boolean {
  return (
    minValidityMs <= slot.expiresAt - now ||
    (minValidityMs <= slot.unattainableMs && now < slot.calmUntil)
  );
}
