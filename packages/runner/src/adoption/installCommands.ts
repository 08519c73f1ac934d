import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { readmeSteps } from './readmeSteps';

/**
 * Returns the commands that install packed packages, as the READMEs show them: those that every Backstage needs, and
 * those for plugins, modules and policies.
 *
 * @param ranges - range of each package by name
 */
export function installCommands(ranges: Record<string, string>): {
  required: string[];
  optional: string[];
} {
  const command = (workspace: string, name: string) =>
    `yarn --cwd ${workspace} add ${name}@${ranges[name]}`;
  const { packages } = readmeSteps();
  const installed = new Set(packages.map(({ name }) => name));
  return {
    required: packages.map(({ workspace, name }) => command(workspace, name)),
    optional: Object.keys(ranges)
      .filter(name => !installed.has(name))
      .map(name => command(workspaceOf(name), name)),
  };
}

/** Returns the workspace to which the README of a package adds it. */
function workspaceOf(name: string): string {
  for (const folder of readdirSync(inRepository('plugins'))) {
    const file = inRepository('plugins', folder, 'package.json');
    if (JSON.parse(readFileSync(file, 'utf8')).name !== name) continue;
    const readme = readFileSync(
      inRepository('plugins', folder, 'README.md'),
      'utf8',
    );
    const [, workspace] =
      new RegExp(`^yarn --cwd (\\S+) add ${name}$`, 'm').exec(readme) ?? [];
    if (workspace) return workspace;
  }
  throw new Error(`The README of ${name} doesn't show how to install it.`);
}
