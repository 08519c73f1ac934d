const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) =>
  new URLSearchParams({ x: text }).toString().slice(2);
const html = (text: string) =>
  text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

/** The middle of a text in base64, wherever in a longer text it begins. */
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

/** A value in every spelling in which it could get out: raw, URL-, form-, JSON- and base64-encoded, and two at once. */
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

/** Looks for planted values in what came out. */
export class LeakDetector {
  readonly #spellings = new Map<string, string>();

  static create(values: Iterable<string> = []): LeakDetector {
    const detector = new LeakDetector();
    for (const value of values) detector.plant(value);
    return detector;
  }

  private constructor() {}

  /** Looks for this value, too. It has to be long enough not to occur by chance. */
  plant(value: string) {
    if (value.length < 12) throw new Error(`'${value}' is too short to seek`);
    for (const spelling of spellings(value)) {
      this.#spellings.set(spelling, value);
    }
  }

  /** The planted values that a text holds in one spelling or another. */
  leaks(text: string): string[] {
    const found = new Set<string>();
    for (const [spelling, value] of this.#spellings) {
      if (!found.has(value) && text.includes(spelling)) found.add(value);
    }
    return [...found];
  }
}
