import { mkdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { packPackages } from '../adoption/packPackages';
import { run } from '../processes/run';
import { inRepository } from '../repository';
import { nextVersions } from './nextVersions';

const FOLDER = inRepository('.packed');
const LOGS = inRepository('.cache/release');

/**
 * Makes a release of the packages in this checkout: versions, changelogs and tarballs.
 *
 * @returns the exit code: 1 when there is nothing to release, or the checkout has changes
 */
export async function release(print: (line: string) => void): Promise<number> {
  const { output: changes } = await run(['git', 'status', '--porcelain']);
  if (changes) {
    print('Commit or undo these changes first:');
    print(changes);
    return 1;
  }
  mkdirSync(LOGS, { recursive: true });
  const versions = await nextVersions({
    folder: inRepository(),
    logFolder: LOGS,
  });
  if (versions.length === 0) {
    print('Nothing to release: .changeset describes no change.');
    return 1;
  }
  for (const { name, version } of versions) print(`${name} ${version}`);

  print('Packing (this takes a few minutes)');
  rmSync(FOLDER, { recursive: true, force: true });
  const tarballs = await packPackages({ folder: FOLDER, logFolder: LOGS });
  print(`Packed into ${FOLDER}:`);
  for (const { path } of tarballs) print(`  ${basename(path)}`);
  const tag = `v${versions[0].version}`;
  print('Read the changelogs. Then run these commands:');
  print('git add --all');
  print(`git commit --message 'Release ${tag}'`);
  print(`git tag ${tag}`);
  print('git push --follow-tags');
  print('The workflow "release" publishes the packages of a pushed tag.');
  return 0;
}
