import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');

/** A guide in `docs`, and the code that it shows. */
export class Guide {
  readonly text: string;

  /** @param name - of the file, such as `consuming.md` */
  static read(name: string): Guide {
    return new Guide(readFileSync(join(ROOT, 'docs', name), 'utf8'));
  }

  private constructor(text: string) {
    this.text = text;
  }

  /** Its questions and other headings of the second level. */
  get headings(): string[] {
    return [...this.text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  }

  /** The languages of all code it shows, each once. */
  get languages(): string[] {
    const marks = [...this.text.matchAll(/^```(\S*)\n[^]*?^```$/gm)];
    return [...new Set(marks.map(([, language]) => language))].sort();
  }

  /** The code it shows in a language. */
  snippets(language: string): string[] {
    const blocks = this.text.matchAll(/^```(\S*)\n([^]*?)^```$/gm);
    return [...blocks]
      .filter(([, mark]) => mark === language)
      .map(([, , code]) => code);
  }

  /** The code that it says to be a file of this repository, with that file. */
  files(): Array<{ path: string; shown: string; content: string }> {
    const blocks = this.text.matchAll(
      /<!-- file: (\S+) -->\s+```\w+\n([^]*?)^```$/gm,
    );
    return [...blocks].map(([, path, shown]) => ({
      path,
      shown,
      content: readFileSync(join(ROOT, path), 'utf8'),
    }));
  }
}
