import { LRUCache } from 'lru-cache';

/** Failures in a row after which a host is left alone. */
const OPENS_AFTER = 5;
const FIRST_REST = 10_000;
const LONGEST_REST = 120_000;
/** A probe of which nothing was heard for so long was lost, and another one may go. */
const PROBE_LOST_AFTER = 60_000;
const PROBING_REST = 1_000;
/** A host that limits is spared this long at most by renewals that nobody waits for. */
const LONGEST_PAUSE = 5_000;
/** Hosts remembered at most: settings name them, and a host that is never called again would stay forever. */
const MOST_HOSTS = 1_000;

interface HostState {
  failures: number;
  /** This process's monotonic clock. */
  restsUntil: number;
  /** Until then nobody but the probe that is under way may call. */
  probingUntil: number;
}

/**
 * Keeps a provider that does not answer from being hammered by every datasource that lives on it. After five failures in
 * a row its host rests; then one probe goes through, and its outcome decides for all. A host that limits is there, and is
 * not left alone; but what nobody waits for waits for it.
 */
export class ProviderCircuit {
  readonly #hosts = new LRUCache<string, HostState>({ max: MOST_HOSTS });
  readonly #pausesUntil = new LRUCache<string, number>({ max: MOST_HOSTS });
  readonly #now: () => number;

  constructor(options: { now?: () => number } = {}) {
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Whether a call may go to this host. Answers the milliseconds to wait, or 0 for a call that has to be reported with
   * {@link ProviderCircuit.report} or given up with {@link ProviderCircuit.cancel}.
   */
  wait(host: string): number {
    const state = this.#hosts.get(host);
    if (!state || state.failures < OPENS_AFTER) return 0;
    const now = this.#now();
    const rest = state.restsUntil - now;
    if (rest > 0) return rest;
    if (state.probingUntil > now) return PROBING_REST;
    state.probingUntil = now + PROBE_LOST_AFTER;
    return 0;
  }

  /** The call that {@link ProviderCircuit.wait} let through was not made, or says nothing of the host. */
  cancel(host: string): void {
    const state = this.#hosts.get(host);
    if (state) state.probingUntil = 0;
  }

  /** The host said that there were too many calls, and when to come again. Milliseconds. */
  limit(host: string, retryAfter: number): void {
    const pause = Math.min(retryAfter, LONGEST_PAUSE);
    this.#pausesUntil.set(host, this.#now() + pause);
  }

  /** How long what nobody waits for should spare this host. Milliseconds. */
  pause(host: string): number {
    return Math.max(0, (this.#pausesUntil.get(host) ?? 0) - this.#now());
  }

  /** What became of a call: whether the provider answered at all. */
  report(host: string, answered: boolean): void {
    if (answered) {
      this.#hosts.delete(host);
      return;
    }
    const failures = (this.#hosts.get(host)?.failures ?? 0) + 1;
    const rests = Math.max(0, failures - OPENS_AFTER);
    this.#hosts.set(host, {
      failures,
      restsUntil: this.#now() + Math.min(FIRST_REST * 2 ** rests, LONGEST_REST),
      probingUntil: 0,
    });
  }
}
