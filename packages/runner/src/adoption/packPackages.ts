import {
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

/** The consumer that proves it; it is packed too, but not published. */
export const CONSUMER = 'backstage-plugin-sample-consumer-backend';

/** A package as the registry would get it. */
export interface Tarball {
  name: string;
  path: string;
  published: boolean;
}

/** The range by which a manifest asks for each tarball. */
export function tarballRanges(tarballs: Tarball[]): Record<string, string> {
  return Object.fromEntries(
    tarballs.map(({ name, path }) => [name, `file:${path}`]),
  );
}

/**
 * Builds what is published and packs it as a release does.
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
    await keepingManifest(source, () =>
      succeed(['yarn', 'workspace', name, 'pack', '--out', path], {
        logFile: `${logFolder}/pack-${name}.log`,
      }),
    );
    tarballs.push({ name, path, published: !unpublished });
  }
  return tarballs;
}

/** Packing rewrites the manifest for as long as it lasts: afterwards it is as before, also when packing failed. */
async function keepingManifest(
  folder: string,
  pack: () => Promise<void>,
): Promise<void> {
  const manifest = join(folder, 'package.json');
  const content = readFileSync(manifest);
  const { atime, mtime } = statSync(manifest);
  try {
    await pack();
  } finally {
    writeFileSync(manifest, content);
    // Else the next make would install once more.
    utimesSync(manifest, atime, mtime);
    for (const name of ['package.json-prepack', 'config.schema.json']) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
