import { LRUCache } from 'lru-cache';

/** Texts that are remembered at most, and their longest. */
const MOST_TEXTS = 1_000;
const LONGEST_TEXT = 4_000;

/**
 * Returns the same value for equal texts, so that many objects in memory that say the same share it. Frozen, because no
 * holder of a shared value may change it for the others.
 */
export function shareEqual<V>(read: (text: string) => V): (text: string) => V {
  const known = new LRUCache<string, { value: V }>({ max: MOST_TEXTS });
  return text => {
    const found = known.get(text);
    if (found) return found.value;
    const value = read(text);
    Object.freeze(value);
    if (text.length <= LONGEST_TEXT) known.set(text, { value });
    return value;
  };
}
