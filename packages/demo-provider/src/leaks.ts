const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) =>
  new URLSearchParams({ x: text }).toString().slice(2);
const html = (text: string) =>
  text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

/** The middle of a text in base64, whatever its offset in a longer text. */
function base64(text: string): string[] {
  return [Buffer.from(text), Buffer.from(text, 'latin1')].flatMap(bytes =>
    [0, 1, 2].flatMap(shift =>
      (['base64', 'base64url'] as const).map(encoding =>
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString(encoding)
          .replace(/=+$/, '')
          .slice(4, -4),
      ),
    ),
  );
}

/** Returns all encodings in which a value could leak: raw, URL, form, JSON and base64, and two combined. */
function spellings(value: string): string[] {
  const plain = [value, json(value), encodeURIComponent(value), form(value)];
  return plain
    .flatMap(text => [
      text,
      json(text),
      encodeURIComponent(text),
      html(text),
      Buffer.from(text).toString('latin1'),
      Buffer.from(text).toString('hex'),
      ...base64(text),
    ])
    .filter(text => text.length >= 8);
}

/** Searches output for planted values. */
export class LeakDetector {
  readonly #spellings = new Map<string, string>();

  static create(values: Iterable<string> = []): LeakDetector {
    const detector = new LeakDetector();
    for (const value of values) detector.plant(value);
    return detector;
  }

  private constructor() {}

  /** Adds a value to search for. It must be too long to occur by chance. */
  plant(value: string) {
    if (value.length < 12)
      throw new Error(`'${value}' is too short to search for`);
    for (const spelling of spellings(value)) {
      this.#spellings.set(spelling, value);
    }
  }

  /** Returns the planted values that a text contains in any encoding. */
  leaks(text: string): string[] {
    const found = new Set<string>();
    for (const [spelling, value] of this.#spellings) {
      if (!found.has(value) && text.includes(spelling)) found.add(value);
    }
    return [...found];
  }
}
