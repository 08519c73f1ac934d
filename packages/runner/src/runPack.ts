import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { installCommands } from './adoption/installCommands';
import { packPackages, tarballRanges } from './adoption/packPackages';
import { runProgram } from './processes/program';
import { inRepository } from './repository';

/*
 * `make pack`: packs tarballs of the packages, for installation before they are on the registry, and prints
 * the next steps.
 */

const FOLDER = inRepository('.packed');
const LOGS = inRepository('.cache/pack');

const print = (line: string) => process.stdout.write(`${line}\n`);

runProgram(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(LOGS, { recursive: true });
  print('Building the packages (this takes a few minutes)');
  const tarballs = await packPackages({ folder: FOLDER, logFolder: LOGS });
  const resolutions = tarballRanges(tarballs);
  const file = `${FOLDER}/resolutions.json`;
  writeFileSync(file, `${JSON.stringify({ resolutions }, null, 2)}\n`);

  print(`Packed ${tarballs.length} packages into ${FOLDER}`);
  print(`Add the resolutions in ${file} to your root package.json. Then run:`);
  const { required, optional } = installCommands(resolutions);
  for (const command of required) print(command);
  print('Where you need them (adapt the folders):');
  for (const command of optional) print(command);
  return 0;
});
