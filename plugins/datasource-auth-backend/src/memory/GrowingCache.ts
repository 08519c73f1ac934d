import { LRUCache } from 'lru-cache';

/**
 * Drops the least recently used entry when it is full. An `LRUCache` with `max` reserves the memory for all its entries
 * when it is created; this one takes it as it fills.
 */
export class GrowingCache<V extends object | number | true> extends LRUCache<
  string,
  V
> {
  /** @param more - `ttl`: how long an entry stays. Milliseconds. */
  constructor(most: number, more: { ttl?: number } = {}) {
    super({ maxSize: most, sizeCalculation: () => 1, ...more });
  }
}
