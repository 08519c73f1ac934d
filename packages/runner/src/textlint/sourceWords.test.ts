import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../repository';

/** Words that belong in no comment, title or text. Textlint checks documents and messages, but not these. */
const OLD_WORDS = /\b(anew|whoever|thereof|anyhow)\b/i;

/** The lists of these words name them. */
const LISTS = /(words|sourceWords\.test|messages\.test)\.ts$/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (/^(node_modules|dist|coverage)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !LISTS.test(path) ? [path] : [];
  });
}

describe('comments and titles', () => {
  it('have no words of older English', () => {
    const found = ['plugins', 'packages'].flatMap(folder =>
      sources(inRepository(folder)).flatMap(path =>
        readFileSync(path, 'utf8')
          .split('\n')
          .filter(line => OLD_WORDS.test(line))
          .map(line => `${path}: ${line.trim()}`),
      ),
    );
    expect(found).toEqual([]);
  });
});
