import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildDeclarations } from '../checks/buildDeclarations';
import { succeed } from '../processes/run';
import { inRepository } from '../repository';
import { problemsOf } from './checkTarball';

/** The consumer for the proof. It is packed too, but not published. */
export const CONSUMER = 'backstage-plugin-sample-consumer-backend';

/** A package as the registry would get it. */
export interface Tarball {
  name: string;
  path: string;
  published: boolean;
}

/** Range with which a manifest depends on each tarball. */
export function tarballRanges(tarballs: Tarball[]): Record<string, string> {
  return Object.fromEntries(
    tarballs.map(({ name, path }) => [name, `file:${path}`]),
  );
}

/**
 * Builds and packs the published packages, as in a release. Throws if one lacks something or includes too much.
 *
 * @param options - `consumer`: packs the sample consumer too
 */
export async function packPackages(options: {
  folder: string;
  logFolder: string;
  consumer?: boolean;
}): Promise<Tarball[]> {
  const { folder, logFolder, consumer = false } = options;
  mkdirSync(folder, { recursive: true });
  await buildDeclarations();
  await succeed(['yarn', 'backstage-cli', 'repo', 'build'], {
    logFile: `${logFolder}/build.log`,
  });

  const tarballs: Tarball[] = [];
  for (const plugin of readdirSync(inRepository('plugins'))) {
    const source = inRepository('plugins', plugin);
    const { name, private: unpublished } = JSON.parse(
      readFileSync(join(source, 'package.json'), 'utf8'),
    );
    if (unpublished && !(consumer && name === CONSUMER)) continue;
    const path = join(folder, `${name}.tgz`);
    await restoring(source, () =>
      succeed(['yarn', 'workspace', name, 'pack', '--out', path], {
        logFile: `${logFolder}/pack-${name}.log`,
      }),
    );
    tarballs.push({ name, path, published: !unpublished });
  }
  const problems = tarballs
    .filter(({ published }) => published)
    .flatMap(({ name, path }) =>
      problemsOf(path).map(problem => `${name} ${problem}`),
    );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return tarballs;
}

/**
 * Packing rewrites the manifest temporarily, and needs the license of the repository in the package. The folder is as
 * before afterwards, even if packing failed.
 */
async function restoring(
  folder: string,
  pack: () => Promise<void>,
): Promise<void> {
  const manifest = join(folder, 'package.json');
  const content = readFileSync(manifest);
  const { atime, mtime } = statSync(manifest);
  try {
    copyFileSync(inRepository('LICENSE'), join(folder, 'LICENSE'));
    await pack();
  } finally {
    writeFileSync(manifest, content);
    // Otherwise the next make would install again.
    utimesSync(manifest, atime, mtime);
    for (const name of [
      'package.json-prepack',
      'config.schema.json',
      'LICENSE',
    ]) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
