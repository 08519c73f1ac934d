/** No key of ours is longer: names, ids, hashes, hosts and entity refs. */
const LONGEST_KEY = 2_000;

/**
 * Watches every map and set of this process for keys from a request.
 *
 * @param marker - part of the text in the requests
 */
export function watchKeys(marker: string) {
  const seen: Array<{ has(key: string): boolean; key: string }> = [];
  const note = (collection: { has(key: string): boolean }, key: unknown) => {
    if (typeof key !== 'string') return;
    if (key.length > LONGEST_KEY || key.includes(marker)) {
      seen.push({ has: it => collection.has(it), key });
    }
  };
  const { set } = Map.prototype;
  const { add } = Set.prototype;
  jest
    .spyOn(Map.prototype, 'set')
    .mockImplementation(function watched(this: Map<unknown, unknown>, ...args) {
      note(this, args[0]);
      return set.apply(this, args);
    });
  jest
    .spyOn(Set.prototype, 'add')
    .mockImplementation(function watched(this: Set<unknown>, ...args) {
      note(this, args[0]);
      return add.apply(this, args);
    });
  return {
    /** Keys that were set at any time. */
    ever: () => seen.map(({ key }) => key.slice(0, 50)),
    /** Keys that are still there. */
    left: () =>
      seen
        .filter(({ has, key }) => has(key))
        .map(({ key }) => key.slice(0, 50)),
  };
}
