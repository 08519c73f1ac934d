import { parse } from 'yaml';

/** What `yarn.lock` says of a package that it settled on. */
interface Locked {
  version: string;
  dependencies?: Record<string, string>;
}

/**
 * The versions of Backstage's packages that belong together, as far as they can be told: those of one release ask for
 * each other with `^`, beginning with the version of that release. Yarn would take what came out since, which asks for
 * the packages of a later release.
 *
 * @param lock - a `yarn.lock` in which the `known` versions were settled on
 * @returns versions of packages that known ones ask for, and that are not known themselves
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

/** The versions of Backstage's packages that a `yarn.lock` settled on. */
export function lockedVersions(lock: string): Record<string, string> {
  return Object.fromEntries(
    backstageEntries(lock).map(({ name, version }) => [name, version]),
  );
}

/** The oldest version of one of Backstage's packages that a range takes; none for other packages and ranges. */
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
