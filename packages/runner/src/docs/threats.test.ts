import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../repository';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

/*
 * docs/threats.md lists threats and protocol rules. A test names each line, except lines about features that aren't
 * offered.
 */

const read = (page: string) => readFileSync(inRepository(page), 'utf8');

interface Line {
  kind: 'threats' | 'checklist';
  number: number;
  /** Whether it is about a feature that isn't offered. */
  absent: boolean;
}

/** Returns the rows of both tables. */
function lines(): Line[] {
  const page = MarkdownPage.read('docs/threats.md');
  return (['threats', 'checklist'] as const).flatMap((kind, index) =>
    page.rows(page.headings[index]).map(([number, what]) => ({
      kind,
      number: Number(number),
      absent: what.startsWith('Not offered: '),
    })),
  );
}

function testFiles(folder: string): string[] {
  return readdirSync(inRepository(folder), { withFileTypes: true }).flatMap(
    entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === 'node_modules' ? [] : testFiles(path);
      }
      return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
    },
  );
}

/** Returns the numbers that test titles name after a word, such as `1–5, 7`. */
function namedIn(source: string, word: string): number[] {
  const code = source
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const places = code.matchAll(
    new RegExp(`\\b${word} (\\d+(?:(?:–|, )\\d+)*)`, 'g'),
  );
  return [...places].flatMap(([, numbers]) =>
    numbers.split(', ').flatMap(range => {
      const [first, last = first] = range.split('–').map(Number);
      return Array.from(
        { length: last - first + 1 },
        (_, index) => first + index,
      );
    }),
  );
}

const sources = ['packages', 'plugins'].flatMap(testFiles).map(read);
const named = {
  threats: new Set(sources.flatMap(text => namedIn(text, 'threats?'))),
  checklist: new Set(sources.flatMap(text => namedIn(text, 'checklist'))),
};

describe('the lines of docs/threats.md', () => {
  const all = lines();

  it('are numbered without gaps', () => {
    const numbers = (kind: Line['kind']) =>
      all.filter(line => line.kind === kind).map(({ number }) => number);
    const upTo = (last: number) =>
      Array.from({ length: last }, (_, index) => index + 1);
    expect(numbers('threats')).toEqual(upTo(52));
    expect(numbers('checklist')).toEqual(upTo(50));
  });

  it.each(all)(
    "$kind $number is named by a test, unless it isn't offered",
    ({ kind, number, absent }) => {
      expect(named[kind].has(number)).toBe(!absent);
    },
  );

  it.each(['threats', 'checklist'] as const)(
    'include every number that a test names as %s',
    kind => {
      const known = all
        .filter(line => line.kind === kind)
        .map(({ number }) => number);
      expect(
        [...named[kind]].filter(number => !known.includes(number)),
      ).toEqual([]);
    },
  );
});
