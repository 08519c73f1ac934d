import { GrowingCache } from './GrowingCache';

describe('GrowingCache', () => {
  it('drops the least recently used entry when it is full', () => {
    const cache = new GrowingCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('a', 3);
    cache.set('c', 4);
    expect([...cache.entries()]).toEqual([
      ['c', 4],
      ['a', 3],
    ]);
  });

  it('keeps entries for a limited time, if told to', () => {
    const cache = new GrowingCache<number>(2, { ttl: 60_000 });
    cache.set('a', 1);
    expect(cache.getRemainingTTL('a')).toBeGreaterThan(0);
    expect(cache.getRemainingTTL('a')).toBeLessThanOrEqual(60_000);
  });
});
