import { LRUCache } from 'lru-cache';

/** Failures in a row that stop calls to a host. */
const OPENS_AFTER = 5;
const FIRST_REST = 10_000;
const LONGEST_REST = 120_000;
/** A probe without an outcome for this long is lost, and another one may start. */
const PROBE_LOST_AFTER = 60_000;
const PROBING_REST = 1_000;
/** How long background refreshes spare a host that limits calls, at most. */
const LONGEST_PAUSE = 5_000;
/** Hosts remembered at most. Settings name them, so unused ones would stay forever. */
const MOST_HOSTS = 1_000;

interface HostState {
  failures: number;
  /** This process's monotonic clock. */
  restsUntil: number;
  /** Until then only the probe in progress may call. */
  probingUntil: number;
}

/**
 * Protects a provider that doesn't respond from calls by every datasource that uses it. After five failures in a row,
 * calls to its host stop. Then one probe decides for all. A host that limits calls does respond, so calls to it don't
 * stop, but background refreshes wait.
 */
export class ProviderCircuit {
  readonly #hosts = new LRUCache<string, HostState>({ max: MOST_HOSTS });
  readonly #pausesUntil = new LRUCache<string, number>({ max: MOST_HOSTS });
  readonly #now: () => number;

  constructor(options: { now?: () => number } = {}) {
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Returns the milliseconds to wait before a call to this host, or 0 for a call that must be reported with {@link
   * ProviderCircuit.report} or {@link ProviderCircuit.cancel}.
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

  /** The call that {@link ProviderCircuit.wait} allowed was not made, or says nothing about the host. */
  cancel(host: string): void {
    const state = this.#hosts.get(host);
    if (state) state.probingUntil = 0;
  }

  /** The host reported too many calls, and when to retry. Milliseconds. */
  limit(host: string, retryAfter: number): void {
    const pause = Math.min(retryAfter, LONGEST_PAUSE);
    this.#pausesUntil.set(host, this.#now() + pause);
  }

  /** Returns how long background refreshes spare this host. Milliseconds. */
  pause(host: string): number {
    return Math.max(0, (this.#pausesUntil.get(host) ?? 0) - this.#now());
  }

  /** Reports whether the provider responded at all. */
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
