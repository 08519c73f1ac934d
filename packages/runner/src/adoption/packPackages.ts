import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Builds what is published, and the sample consumer, and packs it as a release does. */
export async function packPackages(options: {
  folder: string;
  logFolder: string;
}): Promise<Tarball[]> {
  const { folder, logFolder } = options;
  mkdirSync(folder, { recursive: true });
  await succeed(['yarn', 'tsc'], { logFile: `${logFolder}/tsc.log` });

  const packages = readdirSync(inRepository('plugins'))
    .map(name => inRepository('plugins', name, 'package.json'))
    .map(file => JSON.parse(readFileSync(file, 'utf8')))
    .filter(
      ({ name, private: unpublished }) => !unpublished || name === CONSUMER,
    );
  const tarballs: Tarball[] = [];
  for (const { name, private: unpublished } of packages) {
    const path = join(folder, `${name}.tgz`);
    const yarn = ['yarn', 'workspace', name];
    await succeed([...yarn, 'build'], {
      logFile: `${logFolder}/build-${name}.log`,
    });
    await succeed([...yarn, 'pack', '--out', path], {
      logFile: `${logFolder}/pack-${name}.log`,
    });
    tarballs.push({ name, path, published: !unpublished });
  }
  return tarballs;
}
