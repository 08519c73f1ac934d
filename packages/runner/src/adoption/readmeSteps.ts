import { readFileSync } from 'node:fs';
import { inRepository } from '../repository';

/** Lines that the README adds to a file of an app: imports at the top, the rest at its place. */
export interface AddedCode {
  /** Path from the root of the app. */
  file: string;
  imports: string[];
  body: string;
}

/** Steps of the section "Installation" of the README. */
export interface ReadmeSteps {
  /** Packages, and the workspaces of the app that get them. */
  packages: Array<{ workspace: string; name: string }>;
  code: AddedCode[];
  /** Fields of `resolutions` and `dependenciesMeta` in the root package.json, for SQLite. */
  manifest: Record<string, Record<string, unknown>>;
}

/** Reads the steps from the README, so that the test uses what users read. */
export function readmeSteps(
  markdown: string = readFileSync(inRepository('README.md'), 'utf8'),
): ReadmeSteps {
  const [, section] = /^## Installation\n([^]*?)^## /m.exec(markdown) ?? [];
  if (!section) throw new Error('README.md has no section "Installation".');

  const packages = [...section.matchAll(/^yarn --cwd (\S+) add (\S+)$/gm)].map(
    ([, workspace, name]) => ({ workspace, name }),
  );

  const code = [...section.matchAll(/```(?:tsx?|yaml)\n([^]*?)```/g)].flatMap(
    ([, block]) => addedCode(block),
  );

  const manifest = Object.assign(
    {},
    ...[...section.matchAll(/```json\n([^]*?)```/g)].map(([, block]) =>
      JSON.parse(block),
    ),
  );
  return { packages, code, manifest };
}

/** Splits a block at the comments that name files. */
function addedCode(block: string): AddedCode[] {
  const [before, ...parts] = block.split(/^(?:\/\/|#) (\S+\.(?:tsx?|yaml))$/m);
  if (before.trim() || parts.length === 0) {
    throw new Error(`A block of the README does not name its file:\n${block}`);
  }
  const code: AddedCode[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const lines = parts[index + 1].trim().split('\n');
    code.push({
      file: parts[index],
      imports: lines.filter(line => line.startsWith('import ')),
      body: lines
        .filter(line => !line.startsWith('import '))
        .join('\n')
        .trim(),
    });
  }
  return code;
}
