interface Texts {
  readonly [key: string]: string | Texts;
}

/** A code with values, some of which can have a code themselves. */
interface Coded {
  code: string;
  values?: Record<string, string | number | Coded>;
}

function entriesOf(texts: Texts, path = ''): Array<[string, string]> {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[path + key, text] as [string, string]]
      : entriesOf(text, `${path}${key}.`),
  );
}

/** Renders codes and values with a tree of English texts. A code is a path in the tree. */
export class TextRenderer {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: Texts) {
    this.#texts = new Map(entriesOf(texts));
  }

  /** Returns whether the code and those in its values have a text here. */
  knows({ code, values = {} }: Coded): boolean {
    return (
      (this.#texts.has(code) || this.#texts.has(`${code}_other`)) &&
      Object.values(values).every(
        value => typeof value !== 'object' || this.knows(value),
      )
    );
  }

  render({ code, values = {} }: Coded): string {
    const plural = `${code}_${values.count === 1 ? 'one' : 'other'}`;
    const text = this.#texts.get(code) ?? this.#texts.get(plural) ?? code;
    // Replace in one pass, so that a placeholder in a value is never filled.
    return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name) => {
      if (!Object.hasOwn(values, name)) return placeholder;
      const value = values[name];
      return typeof value === 'object' ? this.render(value) : String(value);
    });
  }
}
