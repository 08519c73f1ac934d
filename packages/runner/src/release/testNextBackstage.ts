import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeed } from '../processes/run';
import { temporaryFolder } from '../processes/watchdog';
import { inRepository } from '../repository';

const LOGS = inRepository('.cache/next');

/**
 * Runs `make test` of the committed sources with the newest Backstage packages of the registry, in a copy of the
 * repository.
 *
 * @returns the exit code: 1 if a test failed
 */
export async function testNextBackstage(
  print: (line: string) => void,
): Promise<number> {
  mkdirSync(LOGS, { recursive: true });
  const folder = temporaryFolder('next');
  const copy = join(folder.path, 'repository');
  const yarn = (...args: string[]) =>
    succeed(['yarn', ...args, '--mode=update-lockfile', '@backstage/*'], {
      cwd: copy,
      logFile: `${LOGS}/${args[0]}.log`,
    });

  execFileSync('git', ['clone', '--quiet', '--shared', inRepository(), copy]);
  symlinkSync(inRepository('.toolchain'), join(copy, '.toolchain'));
  unpinBackstage(join(copy, 'package.json'));
  print('Updating the Backstage packages');
  await yarn('up');
  await yarn('dedupe');

  // The flags of the calling make aren't meant for another make.
  const env = { MAKEFLAGS: '' };
  // The reports name types of Backstage, which differ between releases.
  await succeed(['make', 'api-reports'], {
    ...{ cwd: copy, env },
    logFile: `${LOGS}/api-reports.log`,
  });
  const { ok } = await run(['make', 'test'], {
    ...{ cwd: copy, env },
    logFile: `${LOGS}/test.log`,
    onLine: print,
  });
  return ok ? 0 : 1;
}

/** Removes the versions of Backstage packages to which the repository holds its dependencies. */
function unpinBackstage(file: string) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of Object.keys(manifest.resolutions)) {
    if (name.startsWith('@backstage/')) delete manifest.resolutions[name];
  }
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
