/** A complete document that was read. */
export interface ReadDocument {
  /** URL of the document; absent if it was pasted, uploaded or read from the catalog. */
  url?: string;
  value: unknown;
}

/**
 * A value in a document with its position. Reads only own properties, so that a key such as `__proto__` or
 * `constructor` is just a key.
 */
export class DescriptionPlace {
  readonly document: ReadDocument;
  readonly value: unknown;
  readonly #keys: readonly string[];
  readonly #imported: ReadDocument;

  static rootOf(
    document: ReadDocument,
    imported: ReadDocument = document,
  ): DescriptionPlace {
    return new DescriptionPlace(document, imported, [], document.value);
  }

  private constructor(
    document: ReadDocument,
    imported: ReadDocument,
    keys: readonly string[],
    value: unknown,
  ) {
    this.document = document;
    this.#imported = imported;
    this.#keys = keys;
    this.value = value;
  }

  /** JSON pointer (RFC 6901), after the URL of the document unless that is the imported one. */
  get from(): string {
    const pointer = this.#keys
      .map(key => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
      .join('');
    const address =
      this.document === this.#imported ? '' : this.document.url ?? '';
    return `${address}#${pointer}`.slice(0, 1_000);
  }

  /** Last key of the path. */
  get key(): string {
    return this.#keys[this.#keys.length - 1] ?? '';
  }

  /** Returns an own property of an object or list. */
  member(key: string): DescriptionPlace | undefined {
    return hasOwn(this.value, key) ? this.#at(key, this.value[key]) : undefined;
  }

  /** Returns the first properties of an object, and nothing for a list or any other value. */
  members(most: number): DescriptionPlace[] {
    const { value } = this;
    return isObject(value) && !Array.isArray(value)
      ? Object.keys(value)
          .slice(0, most)
          .map(key => this.#at(key, value[key]))
      : [];
  }

  /** Returns the first items of a list, and nothing for any other value. */
  items(most: number): DescriptionPlace[] {
    return Array.isArray(this.value)
      ? this.value
          .slice(0, most)
          .map((item, index) => this.#at(String(index), item))
      : [];
  }

  /**
   * Returns whether this is a vendor extension of its object. Maps whose keys are names (schemes, scopes,
   * variables) have no extensions, but tools write metadata into them. So a key `x-…` is an extension only if
   * its value isn't what the map contains.
   */
  isExtension(holds: (place: DescriptionPlace) => boolean): boolean {
    return /^x-/i.test(this.key) && !holds(this);
  }

  #at(key: string, value: unknown): DescriptionPlace {
    return new DescriptionPlace(
      this.document,
      this.#imported,
      [...this.#keys, key],
      value,
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function hasOwn(value: unknown, key: string): value is Record<string, unknown> {
  return isObject(value) && Object.hasOwn(value, key);
}
