/** Repeatable random numbers. */
export class Chance {
  #state: number;

  static of(seed: number): Chance {
    return new Chance(seed);
  }

  private constructor(seed: number) {
    this.#state = Math.imul(seed, 2_654_435_769) || 1;
  }

  /** Returns an integer from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1));
  }

  /** Returns one of the items. */
  oneOf<T>(things: readonly T[]): T {
    return things[this.between(0, things.length - 1)];
  }

  /** Returns the items in random order. */
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
