import { setTimeout as sleep } from 'node:timers/promises';

/** How long shutdown waits for exchanges whose answer is not stored yet. */
const DRAIN = 30_000;

/**
 * Work that the end of the process waits for: renewals under way, and what is noted of them. A deploy is the most common
 * crash.
 */
export class PendingWork {
  readonly #running = new Set<Promise<unknown>>();
  #isDraining = false;
  #isDrained = false;

  /** Whether the process is about to end: no exchange begins any more. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Whether the process has waited long enough, and ends. */
  get isDrained(): boolean {
    return this.#isDrained;
  }

  track(work: Promise<unknown>): void {
    this.#running.add(work);
    const end = () => this.#running.delete(work);
    work.then(end, end);
  }

  /** Waits for what is tracked, also for what is added meanwhile, and lets no exchange begin. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    const end = performance.now() + DRAIN;
    while (this.#running.size > 0 && performance.now() < end) {
      const over = new AbortController();
      const { signal } = over;
      await Promise.race([
        Promise.allSettled(this.#running),
        sleep(end - performance.now(), undefined, { signal, ref: false }),
      ]).finally(() => over.abort());
    }
    this.#isDrained = true;
  }
}
