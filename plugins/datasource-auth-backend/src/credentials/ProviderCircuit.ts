/** Failures in a row after which a host is left alone. */
const OPENS_AFTER = 5;
const FIRST_REST = 10_000;
const LONGEST_REST = 120_000;

interface HostState {
  failures: number;
  /** This process's monotonic clock. */
  restsUntil: number;
  probing: boolean;
}

/**
 * Keeps a provider that does not answer from being hammered by every datasource that lives on it. After five failures in
 * a row its host rests; then one probe goes through, and its outcome decides for all.
 */
export class ProviderCircuit {
  readonly #hosts = new Map<string, HostState>();
  readonly #now: () => number;

  static create(options: { now?: () => number } = {}): ProviderCircuit {
    return new ProviderCircuit(options.now ?? (() => performance.now()));
  }

  private constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Whether a call may go to this host. Answers the milliseconds to wait, or 0 for a call that has to be reported with
   * {@link ProviderCircuit.report} or given up with {@link ProviderCircuit.cancel}.
   */
  wait(host: string): number {
    const state = this.#hosts.get(host);
    if (!state || state.failures < OPENS_AFTER) return 0;
    const rest = state.restsUntil - this.#now();
    if (rest > 0) return rest;
    if (state.probing) return FIRST_REST / 10;
    state.probing = true;
    return 0;
  }

  /** The call that {@link ProviderCircuit.wait} let through was not made: another one may probe. */
  cancel(host: string): void {
    const state = this.#hosts.get(host);
    if (state) state.probing = false;
  }

  /** What became of a call: whether the provider answered at all. */
  report(host: string, answered: boolean): void {
    if (answered) {
      this.#hosts.delete(host);
      return;
    }
    const state = this.#hosts.get(host) ?? {
      failures: 0,
      restsUntil: 0,
      probing: false,
    };
    state.failures += 1;
    state.probing = false;
    const rests = Math.max(0, state.failures - OPENS_AFTER);
    state.restsUntil =
      this.#now() + Math.min(FIRST_REST * 2 ** rests, LONGEST_REST);
    this.#hosts.set(host, state);
  }
}
