import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddedCode } from './readmeSteps';

/** Where the README's lines go in a file of the template: before this text, or at the end. */
const BEFORE: Record<string, string> = {
  'packages/backend/src/index.ts': 'backend.start();',
  'packages/app/src/App.tsx': '</FlatRoutes>',
  'packages/app/src/components/Root/Root.tsx': '</SidebarScrollWrapper>',
};

/** Adds lines to a file of an app, like a user who follows the README. */
export function addCode(app: string, { file, imports, body }: AddedCode) {
  const path = join(app, file);
  if (!existsSync(path)) throw new Error(`The template has no ${file}.`);
  const text = readFileSync(path, 'utf8');
  const anchor = BEFORE[file];
  if (!anchor) {
    writeFileSync(path, `${text.trimEnd()}\n\n${body}\n`);
    return;
  }
  const [before, after, ...more] = text.split(anchor);
  if (after === undefined || more.length > 0) {
    throw new Error(
      `${file} of the template doesn't have exactly one '${anchor}'.`,
    );
  }
  // Between JSX tags, an element isn't a statement.
  const added = file.endsWith('.tsx') ? body.replace(/;$/, '') : body;
  const lines = [...imports, `${before}${added}\n${anchor}${after}`];
  writeFileSync(path, lines.join('\n'));
}
