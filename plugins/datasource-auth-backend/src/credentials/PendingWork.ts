import { setTimeout as sleep } from 'node:timers/promises';

/** How long shutdown waits for exchanges whose response isn't stored yet. */
const DRAIN = 30_000;

/** Work that shutdown waits for: refreshes in progress and their records. A deployment is the most common crash. */
export class PendingWork {
  readonly #running = new Set<Promise<unknown>>();
  #isDraining = false;
  #isDrained = false;

  /** Whether the process is about to end. No exchange begins any more. */
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

  /** Waits for tracked work, including work added meanwhile. No new exchange begins. */
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
