import { LRUCache } from 'lru-cache';

/** Larger differences are ignored, so that a JWT never gets a time in another hour. */
const MOST_SKEW = 10 * 60_000;

/** Remembers how far the clocks of other servers are from ours, for JWTs that they check. */
export class ServerClocks {
  /** Milliseconds by which a clock is ahead of ours, by host. */
  readonly #skews = new LRUCache<string, number>({ max: 1_000 });

  /** Returns the current time of a server, as far as it is known. Epoch milliseconds. */
  now(host: string | undefined): number {
    return Date.now() + this.skew(host);
  }

  /** Returns by how many milliseconds the clock of a server is ahead of ours; 0 where nothing is known. */
  skew(host: string | undefined): number {
    return (host && this.#skews.get(host)) || 0;
  }

  /** @param skew - milliseconds by which the clock is ahead of ours; undefined if a response doesn't say it */
  note(host: string, skew: number | undefined): void {
    if (skew === undefined) return;
    if (Math.abs(skew) <= MOST_SKEW) this.#skews.set(host, skew);
    else this.#skews.delete(host);
  }
}

/** Returns by how many milliseconds the clock behind a `Date` header is ahead of ours. */
export function clockSkewOf(
  date: string | null | undefined,
): number | undefined {
  const time = Date.parse(date ?? '');
  // The header has whole seconds, so half a second is the best estimate of the rest.
  return Number.isNaN(time) ? undefined : time + 500 - Date.now();
}
