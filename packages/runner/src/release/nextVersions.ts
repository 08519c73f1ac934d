import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from '../processes/run';

/** A package with the version that it has now. */
export interface Version {
  name: string;
  version: string;
}

/**
 * Turns the changesets of a checkout into versions and changelogs.
 *
 * @returns the published packages whose version changed
 */
export async function nextVersions(options: {
  folder: string;
  logFolder: string;
}): Promise<Version[]> {
  const { folder, logFolder } = options;
  const before = new Set(publishedPackages(folder).map(asText));
  await succeed(['yarn', 'changeset', 'version'], {
    cwd: folder,
    logFile: join(logFolder, 'changeset.log'),
  });
  const changed = publishedPackages(folder).filter(
    each => !before.has(asText(each)),
  );
  const changelogs = changed.map(({ path }) => join(path, 'CHANGELOG.md'));
  if (changed.length > 0) {
    await succeed(['yarn', 'prettier', '--write', ...changelogs], {
      cwd: folder,
      logFile: join(logFolder, 'prettier.log'),
    });
  }
  return changed.map(({ name, version }) => ({ name, version }));
}

function asText({ name, version }: Version): string {
  return `${name}@${version}`;
}

function publishedPackages(folder: string): Array<Version & { path: string }> {
  const plugins = join(folder, 'plugins');
  return readdirSync(plugins)
    .map(name => join(plugins, name))
    .filter(path => existsSync(join(path, 'package.json')))
    .map(path => ({
      path,
      ...JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
    }))
    .filter(manifest => !manifest.private);
}
