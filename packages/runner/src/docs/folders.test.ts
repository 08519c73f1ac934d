import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inRepository } from '../repository';
import { temporaryFolder } from '../processes/watchdog';
import { FolderGraph } from './__testUtils__/FolderGraph';

/*
 * The folders of a package import each other in one direction, and CONTRIBUTING.md shows which.
 */

const PACKAGES = ['plugins', 'packages'].flatMap(group =>
  readdirSync(inRepository(group))
    .map(name => join(group, name))
    .filter(path => existsSync(inRepository(path, 'src'))),
);

const graphOf = (path: string) => new FolderGraph(inRepository(path, 'src'));

/** Draws the imports between folders, for every package that has some. */
function drawing(): string {
  return PACKAGES.flatMap(path => {
    const lines = graphOf(path).draw();
    return lines.some(line => line.includes(' → '))
      ? [[path, ...lines.map(line => `  ${line}`)].join('\n')]
      : [];
  }).join('\n\n');
}

it.each(PACKAGES)('no folders of %s import each other in a circle', path => {
  expect(graphOf(path).circle).toBeUndefined();
});

it('CONTRIBUTING.md shows the imports between folders', () => {
  const page = readFileSync(inRepository('CONTRIBUTING.md'), 'utf8');
  const shown = /^```text folders\n([\s\S]*?)\n```$/m.exec(page)?.[1];
  const drawn = drawing();
  const remedy = `Paste into the block "text folders":\n\n${drawn}\n`;
  expect(shown === drawn ? '' : remedy).toBe('');
});

describe('the graph of a package', () => {
  const folder = temporaryFolder('folders');
  afterAll(() => folder.remove());

  /** Writes the source files of a package. */
  const graphWith = (files: Record<string, string>) => {
    const src = join(folder.path, String(Object.keys(files)), 'src');
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(src, file)), { recursive: true });
      writeFileSync(join(src, file), text);
    }
    return new FolderGraph(src);
  };

  it('has a circle if a type is imported back', () => {
    const { circle } = graphWith({
      'door/a.ts': "import { b } from '../room/inner/b';",
      'room/inner/b.ts': "import { c } from '../c';",
      'room/c.ts': "import type { D } from '../cellar';",
      'cellar/index.ts': "type A = import('../door/a').A;",
    });
    expect(circle?.sort()).toEqual([
      'cellar/index.ts → door',
      'door/a.ts → room',
      'room/c.ts → cellar',
    ]);
  });

  it('ignores tests and files that wire the folders', () => {
    const graph = graphWith({
      'plugin.ts': "import './door/a';",
      'door/a.ts': "import '../room/b'; import '../cellar/c';",
      'room/b.ts': "import '../cellar/c';",
      'room/b.test.ts': "import '../door/a';",
      'cellar/c.ts': '',
      'cellar/__testUtils__/d.ts': "import '../../door/a';",
    });
    expect(graph.circle).toBeUndefined();
    expect(graph.draw()).toEqual(['door → room', 'room → cellar', 'cellar']);
  });
});
