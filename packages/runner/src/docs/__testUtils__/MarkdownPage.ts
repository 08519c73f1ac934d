import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRepository } from '../../repository';

/** Where links lead that leave the site of the documentation. */
const REPOSITORY =
  /^https:\/\/github\.com\/datasource-auth\/backstage-plugin-datasource-auth\/(?:blob|tree)\/main\/([^#]*)/;

/** Code that a page shows. */
export interface Snippet {
  language: string;
  code: string;
  /** The file of this repository that it is said to be. */
  file?: string;
}

/** A page of the documentation, or a README. */
export class MarkdownPage {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;

  /** Every page that somebody may read. */
  static all(): MarkdownPage[] {
    const inPlugins = readdirSync(inRepository('plugins'))
      .map(name => join('plugins', name, 'README.md'))
      .filter(path => existsSync(inRepository(path)));
    return [
      ...MarkdownPage.docs(),
      ...[...inPlugins, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map(
        path => MarkdownPage.read(path),
      ),
    ];
  }

  /** The pages of the site. */
  static docs(): MarkdownPage[] {
    return readdirSync(inRepository('docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => MarkdownPage.read(join('docs', name)));
  }

  /** @param path - from the root of the repository, such as `docs/consuming.md` */
  static read(path: string): MarkdownPage {
    return new MarkdownPage(path, readFileSync(inRepository(path), 'utf8'));
  }

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Its headings of the second level. */
  get headings(): string[] {
    return [...this.#prose.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  }

  /** The code that it shows, also inside of lists. */
  get snippets(): Snippet[] {
    const blocks = this.text.matchAll(
      /(?:<!-- file: (\S+) -->\s+)?^( *)```(\S*)\n([^]*?)^\2```$/gm,
    );
    return [...blocks].map(([, file, indentation, language, code]) => ({
      language,
      code: code.replace(new RegExp(`^${indentation}`, 'gm'), ''),
      file,
    }));
  }

  /** Cells of the tables under a heading, without their heads; of all tables where none is named. */
  rows(heading?: string): string[][] {
    const section = heading
      ? this.#prose.split(`\n## ${heading}\n`)[1]?.split(/\n## /)[0] ?? ''
      : this.#prose;
    return [...section.matchAll(/^\|[ :|-]+\|\n((?:\|.*\|\n?)+)/gm)].flatMap(
      ([, body]) =>
        body
          .trim()
          .split('\n')
          .map(line =>
            line
              .split('|')
              .slice(1, -1)
              .map(cell => cell.trim()),
          ),
    );
  }

  /** Links that lead to nothing in this repository. Those to elsewhere are not followed. */
  get brokenLinks(): string[] {
    return [...this.#prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter(target => !this.#leadsSomewhere(target));
  }

  /** Pictures that it shows, as paths from the root of the repository. */
  get pictures(): string[] {
    return [...this.#prose.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(
      ([, target]) => join(dirname(this.path), target),
    );
  }

  #leadsSomewhere(target: string): boolean {
    const [, ownFile] = REPOSITORY.exec(target) ?? [];
    if (!ownFile && /^(https?:|mailto:)/.test(target)) return true;
    const [path, anchor] = target.split('#');
    // What is outside of the folder is not part of the site.
    if (this.path.startsWith('docs/') && path.startsWith('../')) return false;
    const file = ownFile ?? (path && join(dirname(this.path), path));
    if (file && !existsSync(inRepository(file))) return false;
    if (!anchor) return true;
    return (file ? MarkdownPage.read(file) : this).#hasAnchor(anchor);
  }

  /** Whether a heading has this anchor on GitHub and in the site: MkDocs makes one dash of several. */
  #hasAnchor(anchor: string): boolean {
    return [...this.#prose.matchAll(/^#+ (.+)$/gm)].some(([, heading]) => {
      const text = heading
        .toLowerCase()
        .replace(/[`*]/g, '')
        .replace(/[^\p{L}\p{N}_ -]/gu, '');
      return (
        text.replace(/ /g, '-') === anchor &&
        text.trim().replace(/[ -]+/g, '-') === anchor
      );
    });
  }

  /** All but the code. */
  get #prose(): string {
    return this.text.replace(/^( *)```[^]*?^\1```$/gm, '');
  }
}
