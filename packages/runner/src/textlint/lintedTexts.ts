import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { textsOfSource } from './textsOfSource';

/** A text to lint. */
export interface LintedText {
  /** From the root of the repository. */
  path: string;
  text: string;
  ext: '.md' | '.txt';
}

const PAGES =
  /^(?:(?:README|CONTRIBUTING|SECURITY)\.md|(?:docs|\.changeset)\/.*\.md|(?:packages|plugins)\/[^/]+\/README\.md)$/;

const MESSAGES = /^plugins\/[^/]+\/src\/translation\/.*\.tsx?$/;

const ERRORS =
  /^plugins\/datasource-auth-(?:backend|common|node)\/src\/.*\.ts$/;

/** Tests, German messages, and a page that is generated from linted sources. */
const EXCLUDED =
  /\.test\.|__testUtils__|German\w*\.ts$|\/(?:de|german)\/|^docs\/http-api\.md$/;

/** Returns everything that people read: pages, messages, and texts of errors and diagnoses. */
export function lintedTexts(): LintedText[] {
  return paths().flatMap((path): LintedText[] => {
    if (EXCLUDED.test(path)) return [];
    const read = () => readFileSync(inRepository(path), 'utf8');
    if (PAGES.test(path)) return [{ path, text: read(), ext: '.md' }];
    const all = MESSAGES.test(path);
    if (!all && !ERRORS.test(path)) return [];
    return [{ path, text: textsOfSource(read(), { all }), ext: '.txt' }];
  });
}

/** Returns the files in folders with such texts, from the root of the repository. */
function paths(): string[] {
  const within = (folder: string): string[] =>
    readdirSync(inRepository(folder), { withFileTypes: true }).flatMap(
      entry => {
        const path = folder ? `${folder}/${entry.name}` : entry.name;
        if (entry.isFile()) return [path];
        const skipped = /^(?:node_modules|dist.*|coverage)$/.test(entry.name);
        return entry.isDirectory() && !skipped ? within(path) : [];
      },
    );
  const top = readdirSync(inRepository()).filter(name => name.endsWith('.md'));
  const folders = ['.changeset', 'docs', 'packages', 'plugins'];
  return [...top, ...folders.flatMap(within)].sort();
}
