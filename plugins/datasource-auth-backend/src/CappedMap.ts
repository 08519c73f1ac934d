/** A map with a fixed number of entries at most: one more removes the entry that was set first. */
export class CappedMap<K, V> extends Map<K, V> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: K, value: V): this {
    if (this.size >= this.#most && !this.has(key)) {
      const [first] = this.keys();
      this.delete(first);
    }
    return super.set(key, value);
  }
}
