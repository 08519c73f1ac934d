/** How often each fault is tried: once in a usual test run, more often where a run is for nothing else. */
export const RUNS = Number(process.env.FAULT_RUNS ?? 1);

/** The seeds of this run. A failing one can be tried alone with FAULT_SEED. */
export const SEEDS = Array.from(
  { length: RUNS },
  (_, index) => Number(process.env.FAULT_SEED ?? 1) + index,
);

/** How many credentials expire at once. */
export const EXPIRIES = Number(
  process.env.FAULT_EXPIRIES ?? (RUNS > 1 ? 300 : 50),
);

/** Chance that can be repeated. */
export class Chance {
  #state: number;

  static of(seed: number): Chance {
    return new Chance(seed);
  }

  private constructor(seed: number) {
    this.#state = Math.imul(seed, 2_654_435_769) || 1;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1));
  }

  /** In another order. */
  shuffled<T>(things: readonly T[]): T[] {
    return things
      .map(thing => ({ thing, at: this.#next() }))
      .sort((left, right) => left.at - right.at)
      .map(({ thing }) => thing);
  }

  #next(): number {
    // xorshift32
    let x = this.#state;
    x = Math.imul(x ^ (x << 13), 1);
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }
}
