/** A document that was read, whole. */
export interface ReadDocument {
  /** Where it was read; absent for what was pasted, uploaded or taken from the catalog. */
  url?: string;
  value: unknown;
}

/**
 * A value in a document together with where it stands. Looks at own members only, so that no key of a document
 * (`__proto__`, `constructor`) is anything but a key.
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

  /** JSON pointer (RFC 6901), behind the address of the document if that is not the imported one. */
  get from(): string {
    const pointer = this.#keys
      .map(key => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
      .join('');
    const address =
      this.document === this.#imported ? '' : this.document.url ?? '';
    return `${address}#${pointer}`.slice(0, 1_000);
  }

  /** The last key of the way here. */
  get key(): string {
    return this.#keys[this.#keys.length - 1] ?? '';
  }

  /** The member of an object or list, if it has it itself. */
  member(key: string): DescriptionPlace | undefined {
    return hasOwn(this.value, key) ? this.#at(key, this.value[key]) : undefined;
  }

  /** The first members of an object; none of a list or anything else. */
  members(most: number): DescriptionPlace[] {
    const { value } = this;
    return isObject(value) && !Array.isArray(value)
      ? Object.keys(value)
          .slice(0, most)
          .map(key => this.#at(key, value[key]))
      : [];
  }

  /** The first items of a list; none of anything else. */
  items(most: number): DescriptionPlace[] {
    return Array.isArray(this.value)
      ? this.value
          .slice(0, most)
          .map((item, index) => this.#at(String(index), item))
      : [];
  }

  /**
   * Whether this is a vendor extension of the object that it is in. Maps whose keys are names (schemes, scopes, variables)
   * have none, but tools write metadata into them. So a key in `x-…` is an extension only when its value is nothing that
   * the map holds.
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
