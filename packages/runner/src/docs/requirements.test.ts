import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../repository';
import { MarkdownPage } from './__testUtils__/MarkdownPage';

/** `S0.5`, or several: `S1.4-S1.13`; `N2`. */
const NAMED = /\b(S\d\.|N)(\d+)(?:-S\d\.(\d+))?\b/g;

/** Requirements to fulfill. X rows only add what else the three products document. */
function rows(): string[] {
  return MarkdownPage.read('docs/requirements.md')
    .rows()
    .map(([row]) => row)
    .filter(row => /^(S\d\.|N)\d+$/.test(row));
}

/** Returns the folders with code of the packages and plugins. */
function codeFolders(): string[] {
  return ['packages', 'plugins'].flatMap(kind =>
    readdirSync(inRepository(kind))
      .flatMap(name => ['src', 'e2e-tests'].map(code => join(kind, name, code)))
      .map(folder => inRepository(folder))
      .filter(existsSync),
  );
}

/** Returns the code of all tests, without comments. */
function testsInWords(): string[] {
  return codeFolders()
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file =>
        join(folder, file),
      ),
    )
    .filter(file => /\.test\.tsx?$/.test(file) && file !== __filename)
    .map(file =>
      readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''),
    );
}

function rowsNamedIn(text: string): string[] {
  return [...text.matchAll(NAMED)].flatMap(([, system, first, last]) => {
    const count = Number(last ?? first) - Number(first) + 1;
    return Array.from(
      { length: count },
      (_, index) => `${system}${Number(first) + index}`,
    );
  });
}

describe('the requirements', () => {
  const named = new Set(testsInWords().flatMap(rowsNamedIn));

  it('are each named by a test', () => {
    expect(rows()).toHaveLength(107);
    expect(rows().filter(row => !named.has(row))).toEqual([]);
  });

  it('include every row that a test names', () => {
    expect([...named].filter(row => !rows().includes(row))).toEqual([]);
  });

  it('are found in single names and in ranges', () => {
    expect(rowsNamedIn(`it('S1.9 S0.3-S0.5 obtains`)).toEqual([
      ...['S1.9', 'S0.3', 'S0.4', 'S0.5'],
    ]);
  });
});
