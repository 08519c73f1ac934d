import { parse } from 'yaml';

/** Entry of a package in `yarn.lock`. */
interface Locked {
  version: string;
  dependencies?: Record<string, string>;
}

/**
 * Returns the versions of Backstage packages that belong together, as far as possible. Packages of a release
 * depend on each other with `^`, starting with the version of that release. Yarn would use newer ones, which
 * depend on packages of a later release.
 *
 * @param lock - a `yarn.lock` with the `known` versions
 * @returns versions of packages that known ones depend on, and that aren't known themselves
 */
export function releaseVersions(
  lock: string,
  known: Record<string, string>,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, version: settled, dependencies } of backstageEntries(
    lock,
  )) {
    if (settled !== known[name]) continue;
    for (const [asked, range] of Object.entries(dependencies ?? {})) {
      if (known[asked]) continue;
      const version = oldest(asked, range);
      if (version && isNewer(version, found[asked])) found[asked] = version;
    }
  }
  return found;
}

/** Returns the versions of Backstage packages in a `yarn.lock`. */
export function lockedVersions(lock: string): Record<string, string> {
  return Object.fromEntries(
    backstageEntries(lock).map(({ name, version }) => [name, version]),
  );
}

/**
 * Returns the oldest version of a Backstage package that a range accepts, and nothing for other packages and
 * ranges.
 */
export function oldest(name: string, range: string): string | undefined {
  if (!name.startsWith('@backstage/')) return undefined;
  return /^(?:npm:)?[\^~]?(\d+\.\d+\.\d+)$/.exec(range)?.[1];
}

function backstageEntries(lock: string): Array<Locked & { name: string }> {
  const entries: Record<string, Locked> = parse(lock);
  return Object.entries(entries).flatMap(([descriptors, entry]) => {
    const [, name] = /^(@backstage\/[^@]+)@/.exec(descriptors) ?? [];
    return name ? [{ ...entry, name }] : [];
  });
}

function isNewer(version: string, than: string | undefined): boolean {
  return !than || than.localeCompare(version, 'en', { numeric: true }) < 0;
}
