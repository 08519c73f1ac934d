import { Since } from './Installation';
import { Taken } from './Replica';

/** Adds up what the runs met, for a report with figures that were seen. */
export class Tally {
  #outcomes = 0;
  #calls = 0;
  #rotations = 0;
  #reuses = 0;
  #taken = new Map<number, number>();

  static create(): Tally {
    return new Tally();
  }

  /** What came to the provider, and what callers got. */
  add({ calls, rotations, reuses }: Since, taken: Taken[]) {
    this.#outcomes += 1;
    this.#calls += calls.length;
    this.#rotations += rotations;
    this.#reuses += reuses;
    for (const { status } of taken) {
      this.#taken.set(status, (this.#taken.get(status) ?? 0) + 1);
    }
  }

  /** Prints a line, where the run is for its figures. */
  print(title: string, runs: number) {
    if (runs < 2) return;
    const taken = [...this.#taken]
      .map(([status, count]) => `${count} × ${status}`)
      .join(', ');
    process.stdout.write(
      `${title}, ${runs} runs: ${this.#outcomes} outcomes looked at; ` +
        `${this.#calls} calls, ${this.#rotations} rotations, ${
          this.#reuses
        } reuses at the provider; callers: ${taken}\n`,
    );
  }
}
