import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { preProcessFile } from 'typescript';

/** Imports of one folder, each with its file: folder → imported folder → file. */
type Imports = Map<string, Map<string, string>>;

/**
 * Which folders of a package import each other. Reads source files without tests, and counts type imports.
 * Nested folders belong to the folder directly under `src`; a file directly under `src` is its own node.
 */
export class FolderGraph {
  readonly #imports: Imports = new Map();

  /** @param src - path of the sources of a package */
  constructor(src: string) {
    for (const file of sourceFiles(src)) {
      const from = nodeOf(src, file);
      const imports = this.#imports.get(from) ?? new Map<string, string>();
      this.#imports.set(from, imports);
      for (const to of importsOf(file).map(path => nodeOf(src, path))) {
        if (to !== from && !to.startsWith('..')) {
          imports.set(to, relative(src, file));
        }
      }
    }
  }

  /** Returns the folders, importing folders first. */
  get folders(): string[] {
    const heights = new Map<string, number>();
    const heightOf = (node: string, above: string[] = []): number => {
      if (above.includes(node)) return 0;
      const known = heights.get(node);
      if (known !== undefined) return known;
      const below = this.#below(node).map(to => heightOf(to, [...above, node]));
      const height = Math.max(0, ...below.map(each => each + 1));
      heights.set(node, height);
      return height;
    };
    return [...this.#imports.keys()]
      .filter(node => !node.endsWith('.ts') && !node.endsWith('.tsx'))
      .sort((a, b) => heightOf(b) - heightOf(a) || (a < b ? -1 : 1));
  }

  /**
   * Returns the shortest path from a folder back to itself, as the files with the imports, or nothing if
   * there is no circle.
   */
  get circle(): string[] | undefined {
    const circles = this.folders.flatMap(start => {
      const way = this.#way(start, start);
      return way ? [way] : [];
    });
    const [shortest] = circles.sort((a, b) => a.length - b.length);
    return shortest?.map((node, index) => {
      const to = shortest[(index + 1) % shortest.length];
      return `${this.#imports.get(node)!.get(to)} → ${to}`;
    });
  }

  /** Returns one line per folder: the folders that it imports, without those that are imported indirectly. */
  draw(): string[] {
    return this.folders.map(folder => {
      const below = this.#below(folder);
      const direct = below.filter(
        to => !below.some(other => other !== to && this.#way(other, to)),
      );
      return [folder, direct.sort().join(', ')].filter(Boolean).join(' → ');
    });
  }

  #below(node: string): string[] {
    return [...(this.#imports.get(node)?.keys() ?? [])];
  }

  /** Returns the nodes on the shortest path, without the last one. */
  #way(from: string, to: string): string[] | undefined {
    const ways = [[from]];
    const seen = new Set<string>();
    for (const way of ways) {
      for (const next of this.#below(way[way.length - 1])) {
        if (next === to) return way;
        if (!seen.has(next)) ways.push([...way, next]);
        seen.add(next);
      }
    }
    return undefined;
  }
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === '__testUtils__' ? [] : sourceFiles(path);
    }
    return /\.tsx?$/.test(entry.name) &&
      !/\.test\.tsx?$|^setupTests\.ts$/.test(entry.name)
      ? [path]
      : [];
  });
}

function importsOf(file: string): string[] {
  return preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => {
      const path = resolve(dirname(file), fileName);
      const found = ['', '.ts', '.tsx', '/index.ts', '/index.tsx']
        .map(end => path + end)
        .find(each => existsSync(each) && statSync(each).isFile());
      return found ? [found] : [];
    });
}

function nodeOf(src: string, file: string): string {
  return relative(src, file).split(sep)[0];
}
